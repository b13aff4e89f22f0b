import type { ValidationError } from '@junction-api/sdk/serialization';
import type { Junction } from './junction.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The parsed JSON body; undefined if there is none. */
  body: unknown;
}

/** `body` is sent as JSON, a buffer unchanged. */
export interface ApiAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** The dependencies of a route; `resend` sends the current state of an order to the team's endpoint. */
export interface RouteContext {
  junction: Junction;
  resend(orderIds: readonly string[]): void;
}

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

/** An error response. `detail` is a sentence, or with 422 a list of faults. */
export function refused(status: 400 | 401 | 404 | 405, detail: string): ApiAnswer {
  return { status, body: { detail } };
}

/** An invalid request, answered with 422. */
export class Unprocessable extends Error {
  readonly details: readonly ValidationError.Raw[];

  constructor(...details: ValidationError.Raw[]) {
    super(details.map(({ msg }) => msg).join('; '));
    this.details = details;
  }

  get answer(): ApiAnswer {
    return { status: 422, body: { detail: this.details } };
  }
}

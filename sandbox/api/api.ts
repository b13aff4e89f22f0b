import type { ValidationError } from '@junction-api/sdk/serialization';
import type { Junction } from './junction.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The parsed JSON body, undefined where there is none. */
  body: unknown;
}

/** `body` is sent as JSON, a buffer as it is. */
export interface ApiAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What a route may use; `resend` sends the order's present state to the team's endpoint. */
export interface Behind {
  junction: Junction;
  resend(orderIds: readonly string[]): void;
}

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

/** Junction says why in `detail`: a sentence, or with 422 a list of what is wrong where. */
export function refused(status: 400 | 401 | 404 | 405, detail: string): ApiAnswer {
  return { status, body: { detail } };
}

/** Thrown by whatever reads a request; answered with 422. */
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

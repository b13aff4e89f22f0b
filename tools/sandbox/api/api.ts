import type { ValidationError } from '@junction-api/sdk/serialization';
import type * as z from 'zod';
import type { Junction } from '../junction/junction.ts';
import { Refusal } from '../junction/refusal.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The parsed JSON body; undefined if there is none. */
  body: unknown;
  /** In lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
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

/** `id` is the one in the path. */
export type Answer = (context: RouteContext, request: ApiRequest, id: string) => ApiAnswer;

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

/** The answer, or 404 if it is null. */
export function found(body: unknown, what: string): ApiAnswer {
  return body === null ? refused(404, `${what} not found`) : ok(body);
}

export function pdf(file: Buffer | null, what: string): ApiAnswer {
  if (file === null) return refused(404, `${what} not found`);
  return { status: 200, body: file, headers: { 'content-type': 'application/pdf' } };
}

/** An error response. `detail` is a sentence, or with 422 a list of faults. */
export function refused(status: 400 | 401 | 404 | 405 | 409, detail: string): ApiAnswer {
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

/** Runs the route, and turns a refusal into its response. */
export function answered(run: () => ApiAnswer): ApiAnswer {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unprocessable) return error.answer;
    if (error instanceof Refusal) return refused(error.status, error.message);
    throw error;
  }
}

/** @throws {Unprocessable} */
export function readBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw new Unprocessable(...faultsOf(read.error));
}

export function faultsOf(error: z.ZodError): ValidationError.Raw[] {
  return error.issues.map(({ path, message, code }) => ({
    loc: ['body', ...path.map(String)],
    msg: message,
    type: code,
  }));
}

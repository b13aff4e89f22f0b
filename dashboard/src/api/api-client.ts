import type { Session } from '../session/session.ts';

/** A field of the request that the API or Junction refused. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

interface Problem {
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** An API response other than 2xx. The message is the API's own. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Seconds to wait before a retry, from `retry-after`. */
  readonly retryAfter: number | null;
  /** Every fault of the request, where the API names them. */
  readonly errors: readonly FieldError[];

  constructor(
    status: number,
    detail: string,
    retryAfter: number | null = null,
    errors: readonly FieldError[] = [],
  ) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
    this.errors = errors;
  }
}

/** The request got no response: offline, or no server there. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** The server applies requests with the same key only once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** What a request needs from the session. */
type TokenSource = Pick<Session, 'token' | 'renew' | 'end'>;

/** The query API, called with the token of the signed-in user. */
export class Api {
  readonly #session: TokenSource;

  constructor(session: TokenSource) {
    this.#session = session;
  }

  /** The caller names the type that the route answers. Throws ApiProblem or Unreachable. */
  async json<T>(path: string, call: Call = {}): Promise<T> {
    return (await (await this.#ask(path, call)).json()) as T;
  }

  /** For responses other than JSON, such as a PDF. Throws ApiProblem or Unreachable. */
  async blob(path: string, call: Call = {}): Promise<Blob> {
    return (await this.#ask(path, call)).blob();
  }

  /** A request with a rejected token had no effect, so it is retried once with a new token. */
  async #ask(path: string, call: Call): Promise<Response> {
    const { token } = this.#session;
    let response = await send(path, call, token);
    if (response.status === 401 && (await this.#session.renew(token)))
      response = await send(path, call, this.#session.token);
    if (response.status === 401) this.#session.end();
    if (!response.ok) {
      const { detail, errors } = await problemIn(response);
      throw new ApiProblem(response.status, detail, waitOf(response), errors);
    }
    return response;
  }
}

function send(
  path: string,
  { method = 'GET', query = {}, body, idempotencyKey, signal }: Call,
  token: string | null,
): Promise<Response> {
  return reach(addressOf(path, query), {
    method,
    headers: {
      authorization: `Bearer ${token ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable('Couldn’t reach the server.', { cause: error });
  }
}

function addressOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
}

/** The problem document, or the message of API Gateway's own response. */
async function problemIn(response: Response): Promise<Problem> {
  const unknown = { detail: `The server answered with status ${response.status}.`, errors: [] };
  try {
    const { detail, message, errors } = (await response.json()) as Record<string, unknown>;
    const text = detail ?? message;
    if (typeof text !== 'string' || text === '') return unknown;
    return { detail: text, errors: Array.isArray(errors) ? (errors as FieldError[]) : [] };
  } catch {
    // Not JSON.
    return unknown;
  }
}

function waitOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

import { retryAfterOf } from './unavailable.ts';

/** How Junction's API is reached. */
export interface JunctionOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The milliseconds left for requests. */
  readonly timeLeft: () => number;
  /** The longest time for one request (ms). */
  readonly maxRequestTime?: number;
  /** How many times a request is sent at most. */
  readonly attempts?: number;
  /** The longest answer that is read (bytes). */
  readonly maxBytes?: number;
  /** Waits after an attempt, numbered from 1, for at least `atLeast` ms. */
  readonly pause: (attempt: number, atLeast: number) => Promise<void>;
}

/** A request to Junction's API. */
export interface JunctionRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With the query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One answer, or the lack of one. */
export interface JunctionAnswer {
  /** Null without an answer. */
  readonly status: number | null;
  readonly bytes: Buffer;
  /** The seconds of the `Retry-After` header. */
  readonly retryAfter: number | null;
  readonly timedOut: boolean;
  /** Whether the body was longer than `maxBytes`, and was not read to its end. */
  readonly tooLarge?: boolean;
}

const MAX_REQUEST_TIME = 10_000;
/** A page of a list is far shorter, and the functions have little memory. */
const MAX_BYTES = 8 * 1_048_576;
const EMPTY = Buffer.alloc(0);

/** Sends one request, once. */
export async function sendRequest(
  options: JunctionOptions,
  { method, path, body, headers }: JunctionRequest,
): Promise<JunctionAnswer> {
  const { baseUrl, apiKey, timeLeft, maxRequestTime = MAX_REQUEST_TIME, maxBytes = MAX_BYTES } = options;
  const signal = AbortSignal.timeout(Math.max(1, Math.min(maxRequestTime, timeLeft())));
  try {
    const response = await fetch(`${baseUrl.replace(/(?<!\/)\/+$/, '')}${path}`, {
      method,
      headers: {
        'x-vital-api-key': apiKey,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // fetch would send the key to any address that a redirect names.
      redirect: 'manual',
      signal,
    });
    const bytes = await readAtMost(maxBytes, response);
    const retryAfter = retryAfterOf(response.headers.get('retry-after'));
    const { status } = response;
    return { status, bytes: bytes ?? EMPTY, retryAfter, timedOut: false, tooLarge: bytes === null };
  } catch {
    return { status: null, bytes: EMPTY, retryAfter: null, timedOut: signal.aborted };
  }
}

/** The body of an answer; null if it is longer. Leaving the loop ends the connection. */
async function readAtMost(maxBytes: number, { body }: Response): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

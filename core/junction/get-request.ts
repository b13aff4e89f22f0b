import { JunctionUnavailable, retryAfterOf, type UnavailableReason } from './unavailable.ts';

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
  /** Waits after an attempt, numbered from 1, for at least `atLeast` ms. */
  readonly pause: (attempt: number, atLeast: number) => Promise<void>;
}

const ATTEMPTS = 4;
const MAX_REQUEST_TIME = 10_000;
/** Junction may ask for longer pauses. Then the request fails, and the caller decides when to try again (ms). */
const MAX_RETRY_AFTER = 10_000;
/** The statuses after which the same request may succeed later. */
const RETRIED: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** One answer, or the lack of one. */
interface Answer {
  /** Null without an answer. */
  readonly status: number | null;
  readonly bytes: Buffer;
  /** The seconds of the `Retry-After` header. */
  readonly retryAfter: number | null;
  readonly timedOut: boolean;
}

const EMPTY = Buffer.alloc(0);

/**
 * Sends a GET request to Junction's API. While there is time, retries with a back-off if there is no answer, if the status is
 * in RETRIED, or if `read` cannot use the answer.
 *
 * @param read reads the body of a 2xx answer; undefined if the body is something else, for example the page of a proxy
 * @param notFound the statuses that mean that Junction has no such thing
 * @returns the result of `read`; null if Junction has no such thing
 * @throws {JunctionUnavailable}
 */
export async function getRequest<Read>(
  options: JunctionOptions,
  path: string,
  read: (bytes: Buffer) => Read | undefined,
  notFound: ReadonlySet<number>,
): Promise<Read | null> {
  const { attempts = ATTEMPTS, pause } = options;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(options, path);
    if (isNotFound(answer, notFound)) return null;
    const result = isOk(answer) ? read(answer.bytes) : undefined;
    if (result !== undefined) return result;
    const atLeast = attempt < attempts && isTransient(answer) ? waitBeforeRetry(answer, options) : null;
    if (atLeast === null) throw unavailable(answer);
    await pause(attempt, atLeast);
  }
}

/** Junction reports this in JSON. The server at a wrong address answers with a page or with nothing. */
function isNotFound({ status, bytes }: Answer, notFound: ReadonlySet<number>): boolean {
  if (status === null || !notFound.has(status)) return false;
  if (!isObject(parseJson(bytes))) throw undocumented();
  return true;
}

/** The pause that Junction asks for before the next attempt (ms); null if it is too long. */
function waitBeforeRetry({ retryAfter }: Answer, { timeLeft }: JunctionOptions): number | null {
  const wait = (retryAfter ?? 0) * 1_000;
  return wait <= MAX_RETRY_AFTER && wait < timeLeft() ? wait : null;
}

async function send(options: JunctionOptions, path: string): Promise<Answer> {
  const { baseUrl, apiKey, timeLeft, maxRequestTime = MAX_REQUEST_TIME } = options;
  const signal = AbortSignal.timeout(Math.max(1, Math.min(maxRequestTime, timeLeft())));
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      headers: { 'x-vital-api-key': apiKey },
      // fetch would send this header to any address that a redirect names.
      redirect: 'manual',
      signal,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const retryAfter = retryAfterOf(response.headers.get('retry-after'));
    return { status: response.status, bytes, retryAfter, timedOut: false };
  } catch {
    return { status: null, bytes: EMPTY, retryAfter: null, timedOut: signal.aborted };
  }
}

function isOk({ status }: Answer): boolean {
  return status !== null && status >= 200 && status < 300;
}

function isTransient(answer: Answer): boolean {
  return answer.status === null || isOk(answer) || RETRIED.has(answer.status);
}

/** The answer is not what Junction documents. */
export function undocumented(): JunctionUnavailable {
  return new JunctionUnavailable("Junction's API answered something undocumented", 'undocumented');
}

function unavailable(answer: Answer): JunctionUnavailable {
  if (isOk(answer)) return undocumented();
  const said = answer.status ?? (answer.timedOut ? 'timeout' : 'no answer');
  return new JunctionUnavailable(
    `Junction's API did not answer: ${said}`,
    reasonOf(answer),
    answer.retryAfter ?? undefined,
  );
}

function reasonOf({ status, timedOut }: Answer): UnavailableReason {
  switch (status) {
    case null:
      return timedOut ? 'timeout' : 'failed';
    case 401:
    case 403:
      return 'key_refused';
    case 429:
      return 'busy';
    case 408:
    case 504:
      return 'timeout';
    default:
      return RETRIED.has(status) ? 'failed' : 'undocumented';
  }
}

export function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null;
}

/** Parses JSON; undefined if it is not JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

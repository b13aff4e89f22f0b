import { isTransient, kindOf } from './answer-kind.ts';
import { isObject, parseJson } from './json.ts';
import { type JunctionAnswer, type JunctionOptions, sendRequest } from './send-request.ts';
import { JunctionUnavailable, type UnavailableReason } from './unavailable.ts';

const ATTEMPTS = 4;
/** Junction may ask for longer pauses. Then the request fails, and the caller decides when to try again (ms). */
const MAX_RETRY_AFTER = 10_000;

/**
 * Sends a GET request to Junction's API. While there is time, retries with a back-off if there is no answer, if the same
 * request may succeed later, or if `read` cannot use the answer.
 *
 * @param read reads the body of a 2xx answer; undefined if the body is something else, for example the page of a proxy
 * @param notFound the statuses that mean that Junction has no such thing
 * @returns the result of `read`; null if it does not exist at Junction
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
    const answer = await sendRequest(options, { method: 'GET', path });
    if (isNotFound(answer, notFound)) return null;
    const kind = kindOf(answer);
    const result = kind === 'success' ? read(answer.bytes) : undefined;
    if (result !== undefined) return result;
    const atLeast = attempt < attempts && isTransient(kind) ? waitBeforeRetry(answer, options) : null;
    if (atLeast === null) throw unavailable(answer);
    await pause(attempt, atLeast);
  }
}

/** Junction reports this in JSON. The server at a wrong address answers with a page or with nothing. */
function isNotFound({ status, bytes }: JunctionAnswer, notFound: ReadonlySet<number>): boolean {
  if (status === null || !notFound.has(status)) return false;
  if (!isObject(parseJson(bytes))) throw undocumented();
  return true;
}

/** The pause that Junction asks for before the next attempt (ms); null if it is too long. */
export function waitBeforeRetry(
  { retryAfter }: JunctionAnswer,
  { timeLeft }: JunctionOptions,
): number | null {
  const wait = (retryAfter ?? 0) * 1_000;
  return wait <= MAX_RETRY_AFTER && wait < timeLeft() ? wait : null;
}

/** The answer is not what Junction documents. */
export function undocumented(): JunctionUnavailable {
  return new JunctionUnavailable("Junction's API answered something undocumented", 'undocumented');
}

export function unavailable(answer: JunctionAnswer): JunctionUnavailable {
  const kind = kindOf(answer);
  if (kind === 'success') return undocumented();
  const said = answer.status ?? (answer.timedOut ? 'timeout' : 'no answer');
  const reason: UnavailableReason = kind === 'refused' ? 'undocumented' : kind;
  return new JunctionUnavailable(
    `Junction's API did not answer: ${said}`,
    reason,
    answer.retryAfter ?? undefined,
  );
}

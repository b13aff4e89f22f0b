import { isOk, isTransient, parseJson, unavailable, undocumented, waitBeforeRetry } from '../get-request.ts';
import {
  type JunctionAnswer,
  type JunctionOptions,
  type JunctionRequest,
  sendRequest,
} from '../send-request.ts';
import { JunctionOutcomeUnknown, refusalIn } from './refused.ts';

export interface WriteRequest extends JunctionRequest {
  /** Whether it can be retried: it carries an idempotency key, so Junction applies it only once. */
  readonly repeatable: boolean;
  /** What a refusal must not quote: by default the body. */
  readonly personal?: unknown;
}

/** The statuses that mean that Junction did not process the request. */
const NOT_DONE: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Sends a request that changes something to Junction's API. It is retried only if that cannot apply the change twice: after a
 * 429, or if it is idempotent.
 *
 * @param read reads the JSON of a 2xx answer; undefined if it is something else
 * @throws JunctionRefused if nothing was done; JunctionOutcomeUnknown if that is not known; JunctionUnavailable if Junction did not
 * look at the request
 */
export async function writeRequest<Read>(
  options: JunctionOptions,
  request: WriteRequest,
  read: (json: unknown) => Read | undefined,
): Promise<Read> {
  const { attempts = 1, pause } = options;
  const { repeatable, personal = request.body } = request;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendRequest(options, request);
    const result = isOk(answer) ? read(parseJson(answer.bytes)) : undefined;
    if (result !== undefined) return result;
    const error = errorOf(answer, personal);
    const isAgain = answer.status === 429 || (repeatable && error instanceof JunctionOutcomeUnknown);
    const atLeast = isAgain && attempt < attempts ? waitBeforeRetry(answer, options) : null;
    if (atLeast === null) throw error;
    await pause(attempt, atLeast);
  }
}

function errorOf(answer: JunctionAnswer, personal: unknown): Error {
  const { status } = answer;
  if (status !== null && NOT_DONE.has(status)) return unavailable(answer);
  const refused = status === 408 ? null : refusalIn(answer, personal);
  if (refused) return refused;
  if (!isTransient(answer)) return undocumented();
  const { message, reason, retryAfter } = unavailable(answer);
  return new JunctionOutcomeUnknown(message, reason, retryAfter);
}

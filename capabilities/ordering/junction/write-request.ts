import { effectOf, kindOf } from '../../../core/junction/answer-kind.ts';
import { unavailable, waitBeforeRetry } from '../../../core/junction/get-request.ts';
import { isObject, parseJson } from '../../../core/junction/json.ts';
import {
  type JunctionAnswer,
  type JunctionOptions,
  type JunctionRequest,
  sendRequest,
} from '../../../core/junction/send-request.ts';
import { JunctionOutcomeUnknown, refusalIn } from './refused.ts';

export interface WriteRequest extends JunctionRequest {
  /** Whether it can be retried: it carries an idempotency key, so Junction applies it only once. */
  readonly repeatable: boolean;
  /** Whether 403 can mean that the team may not do this, and not that the key is wrong. */
  readonly mayBeForbidden?: boolean;
}

/**
 * Sends a request that changes something to Junction's API. It is retried only if that cannot apply the change twice: after a
 * 429, or if it is idempotent.
 *
 * @param read reads the JSON of a 2xx answer; undefined if it is something else, or about something else than was asked
 * @throws JunctionRefused if nothing was done; JunctionOutcomeUnknown if that is not known; JunctionUnavailable if Junction did not
 * look at the request
 */
export async function writeRequest<Read>(
  options: JunctionOptions,
  request: WriteRequest,
  read: (json: unknown) => Read | undefined,
): Promise<Read> {
  const { attempts = 1, pause } = options;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendRequest(options, request);
    const result = kindOf(answer) === 'success' ? read(parseJson(answer.bytes)) : undefined;
    if (result !== undefined) return result;
    const error = errorOf(answer, request);
    const isAgain = answer.status === 429 || (request.repeatable && error instanceof JunctionOutcomeUnknown);
    const atLeast = isAgain && attempt < attempts ? waitBeforeRetry(answer, options) : null;
    if (atLeast === null) throw error;
    await pause(attempt, atLeast);
  }
}

function errorOf(answer: JunctionAnswer, { mayBeForbidden = false }: WriteRequest): Error {
  const kind = kindOf(answer);
  const error = unavailable(answer);
  if (effectOf(kind, kind !== 'success' && isObject(parseJson(answer.bytes))) === 'unknown') {
    return new JunctionOutcomeUnknown(error.message, error.reason, error.retryAfter);
  }
  const isOfRequest =
    kind === 'refused' || kind === 'not_enabled' || (mayBeForbidden && answer.status === 403);
  return isOfRequest ? refusalIn(answer) : error;
}

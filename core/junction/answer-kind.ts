import { isObject, parseJson } from './json.ts';

/**
 * What an answer of Junction's API means. It follows from the class of the status and not from a list of codes, because servers
 * between can answer with any code of a class, such as 520 to 527. `success`: 2xx, whose body may still be unreadable.
 * `too_large`: 2xx with a body that was not read to its end.
 * `not_enabled`: 503 for a feature that the team does not have, which stays so. `refused`: any other 4xx. `undocumented`: what
 * no class explains, such as a redirect.
 */
export type AnswerKind =
  | 'success'
  | 'too_large'
  | 'refused'
  | 'key_refused'
  | 'busy'
  | 'timeout'
  | 'failed'
  | 'not_enabled'
  | 'undocumented';

/** What a request that changes something has done: the change, certainly nothing, or one of the two. */
export type Effect = 'done' | 'none' | 'unknown';

/** The kinds after which the same request may succeed later. A 2xx with an unreadable body can come from a proxy. */
const TRANSIENT: ReadonlySet<AnswerKind> = new Set(['success', 'busy', 'timeout', 'failed']);
const MAX_SENTENCE = 300;

/** @param answer one answer, or the lack of one: its status is then null */
export function kindOf({
  status,
  timedOut,
  bytes,
  tooLarge = false,
}: {
  readonly status: number | null;
  readonly timedOut: boolean;
  readonly bytes: Buffer;
  readonly tooLarge?: boolean;
}): AnswerKind {
  if (status === null) return timedOut ? 'timeout' : 'failed';
  switch (Math.floor(status / 100)) {
    case 2:
      return tooLarge ? 'too_large' : 'success';
    case 4:
      return ofRefusal(status);
    case 5:
      if (status === 503 && saysNotEnabled(bytes)) return 'not_enabled';
      return status === 504 ? 'timeout' : 'failed';
    default:
      return 'undocumented';
  }
}

function ofRefusal(status: number): AnswerKind {
  switch (status) {
    case 401:
    case 403:
      return 'key_refused';
    case 408:
      return 'timeout';
    case 429:
      return 'busy';
    default:
      return 'refused';
  }
}

export function isTransient(kind: AnswerKind): boolean {
  return TRANSIENT.has(kind);
}

/**
 * The effect of a request that changes something.
 *
 * @param isReadable whether the body is Junction's: after a 2xx what is documented, after a refusal a JSON object. A server between
 * can answer with a page of its own after Junction has done it.
 */
export function effectOf(kind: AnswerKind, isReadable: boolean): Effect {
  switch (kind) {
    case 'success':
      return isReadable ? 'done' : 'unknown';
    case 'refused':
    case 'key_refused':
    case 'busy':
    case 'not_enabled':
      return isReadable ? 'none' : 'unknown';
    case 'too_large':
    case 'timeout':
    case 'failed':
    case 'undocumented':
      return 'unknown';
  }
}

/** https://docs.junction.com/lab/walk-in/psc-appointment-errors */
function saysNotEnabled(bytes: Buffer): boolean {
  const json = parseJson(bytes);
  if (!isObject(json)) return false;
  const { detail, message } = json as { readonly detail?: unknown; readonly message?: unknown };
  return [detail, message].some(
    (said) => typeof said === 'string' && said.length <= MAX_SENTENCE && /\bis not enabled\b/i.test(said),
  );
}

import type { AnswerKind } from './answer-kind.ts';

/**
 * Why Junction's API gave no usable answer: it refuses the API key, limits the rate, does not answer in time, or fails.
 * `not_enabled`: the team does not have what is asked for. `too_large`: this answer is. `undocumented`: this answer cannot be used, but other requests may
 * succeed. `not_known`: Junction does not know something that it reported to us itself.
 */
export type UnavailableReason = Exclude<AnswerKind, 'success' | 'refused'> | 'not_known';

/** Other requests may succeed. */
const OF_ONE_REQUEST: ReadonlySet<UnavailableReason> = new Set(['undocumented', 'not_enabled', 'too_large']);

const DEFAULT_RETRY_AFTER = 30;
const MAX_RETRY_AFTER = 3_600;

/** Junction's API gave no usable answer. Holds neither ids nor any part of the answer. */
export class JunctionUnavailable extends Error {
  override readonly name: string = 'JunctionUnavailable';
  readonly reason: UnavailableReason;
  /** Seconds until another request makes sense: from the `Retry-After` header, or a default. */
  readonly retryAfter: number;

  constructor(message: string, reason: UnavailableReason, retryAfter: number = DEFAULT_RETRY_AFTER) {
    super(message);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Whether other requests would fail too. If not, only this one answer is unusable. */
  get down(): boolean {
    return !OF_ONE_REQUEST.has(this.reason);
  }
}

/** The seconds in a `Retry-After` header, between 1 and 3,600; null if there are none. A date there is not read. */
export function retryAfterOf(header: string | null): number | null {
  if (header === null || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Math.max(Number(header), 1), MAX_RETRY_AFTER);
}

/**
 * What keeps Junction's API from being asked: it refuses our key, takes no more requests for now, is too slow, or fails;
 * `undocumented` is an answer that is of no use, while another question may well be answered; `not_known` that it knows nothing of
 * what it has told us of itself.
 */
export type Trouble = 'key_refused' | 'busy' | 'timeout' | 'failed' | 'undocumented' | 'not_known';

const RETRY_AFTER = 30;
const LONGEST_RETRY_AFTER = 3_600;

/** Junction could not be asked, or its answer not be understood. Says nothing of what was asked about. */
export class JunctionUnavailable extends Error {
  override readonly name = 'JunctionUnavailable';
  readonly trouble: Trouble;
  /** Seconds after which it may be asked again, as it says itself or else by a guess. */
  readonly retryAfter: number;

  constructor(message: string, trouble: Trouble, retryAfter: number = RETRY_AFTER) {
    super(message);
    this.trouble = trouble;
    this.retryAfter = retryAfter;
  }

  /** Whether no other question would be answered now either; else it is this one answer that is of no use. */
  get down(): boolean {
    return this.trouble !== 'undocumented';
  }
}

/** Seconds as a `Retry-After` header has them, within bounds; a date there, or none, is guessed. */
export function retryAfterOf(header: string | null): number {
  const told = header !== null && /^\d{1,6}$/.test(header) ? Number(header) : RETRY_AFTER;
  return Math.min(Math.max(told, 1), LONGEST_RETRY_AFTER);
}

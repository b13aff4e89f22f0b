import type { Milliseconds } from './duration.ts';
import { type Instant, later } from './instant.ts';

/** What changes together for a reader: the lists that people work through, and everything else. */
export type ChangedPart = 'worklist' | 'rest';

/** A writer marks a part at most this often. A mark thus also stands for the changes of this time after it. */
export const MARK_EVERY: Milliseconds = 10_000;

/**
 * How long after these changes a reading may still lack them: indexes and counters follow the table, and clocks differ.
 */
export const READABLE_AFTER: Milliseconds = 5_000;

/**
 * A token that stays the same as long as nothing changes; null while something may be changing.
 *
 * @param mark when the newest mark was made; null if there was none
 */
export function tokenOf(mark: Instant | null, now: Instant): string | null {
  return mark !== null && later(mark, MARK_EVERY + READABLE_AFTER) <= now ? mark : null;
}

import { type Instant, later } from '../domain/instant.ts';
import { unlessDamaged } from '../store/damaged-items.ts';
import { listCriticalResults } from '../store/orders/critical-results.ts';
import { isOrderShown, type TeamContext } from './team-visibility.ts';

/** How many critical results nobody has acknowledged. */
export interface CriticalCounts {
  readonly open: number;
  /** Of the open ones, those that have waited too long. */
  readonly overdue: number;
  /** Since when the one that has waited longest is open; null if there is none. */
  readonly oldest_opened_at: Instant | null;
}

/** DynamoDB's limit of a batch read. */
const PAGE = 100;

/**
 * Counts the open critical results that are shown.
 *
 * @param within how long one may be open (ms)
 */
export async function countCriticalResults(
  shown: TeamContext,
  now: Instant,
  within: number,
): Promise<CriticalCounts> {
  return countCriticalTimes(await openCriticalTimes(shown, now), now, within);
}

/** Since when each of the open critical results that are shown is open, longest open first. */
export async function openCriticalTimes(shown: TeamContext, now: Instant): Promise<Instant[]> {
  const times: Instant[] = [];
  let after: string | null = null;
  do {
    const { orders, next } = await listCriticalResults(shown.table, 'open', { limit: PAGE, after });
    for (const record of orders) {
      // One whose transaction is damaged counts, because a patient may need help.
      if ((await unlessDamaged(shown.table, () => isOrderShown(shown, record))) === false) continue;
      times.push(record.criticalOpenedAt ?? now);
    }
    after = next;
  } while (after !== null);
  return times;
}

/** @param times longest open first */
export function countCriticalTimes(times: readonly Instant[], now: Instant, within: number): CriticalCounts {
  const openedBefore = later(now, -within);
  return {
    open: times.length,
    overdue: times.filter((at) => at <= openedBefore).length,
    oldest_opened_at: times[0] ?? null,
  };
}

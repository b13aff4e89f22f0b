import { type Instant, later } from '../domain/instant.ts';
import { unlessDamaged } from '../store/damaged-items.ts';
import { listCriticalResults } from '../store/orders/critical-results.ts';
import { isOrderShown, type TeamContext } from './team-visibility.ts';

/** How many critical results nobody has acknowledged. */
export interface CriticalCounts {
  open: number;
  /** Of the open ones, those that have waited too long. */
  overdue: number;
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
  const counts = { open: 0, overdue: 0 };
  const openedBefore = later(now, -within);
  let after: string | null = null;
  do {
    const { orders, next } = await listCriticalResults(shown.table, 'open', { limit: PAGE, after });
    for (const record of orders) {
      // One whose transaction is damaged counts, because a patient may need help.
      if ((await unlessDamaged(shown.table, () => isOrderShown(shown, record))) === false) continue;
      counts.open += 1;
      if ((record.criticalOpenedAt ?? now) <= openedBefore) counts.overdue += 1;
    }
    after = next;
  } while (after !== null);
  return counts;
}

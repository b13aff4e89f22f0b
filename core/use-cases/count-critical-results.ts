import { isHistorical } from '../domain/events/history.ts';
import { type Instant, later } from '../domain/instant.ts';
import { unreadReportAt } from '../domain/order/critical-result.ts';
import { unlessDamaged } from '../store/damaged-items.ts';
import { listCriticalResults } from '../store/orders/critical-results.ts';
import { isOrderShown, type TeamContext } from './team-visibility.ts';

/** How many critical results nobody has acknowledged. */
export interface CriticalCounts {
  readonly open: number;
  /** Of the open ones, those that have waited too long, without those that `since` makes history. */
  readonly overdue: number;
  /** Since when the one that has waited longest is open; null if there is none. */
  readonly oldest_opened_at: Instant | null;
}

/** DynamoDB's limit of a batch read. */
const PAGE = 100;

/** An open critical result. */
interface OpenCritical {
  /** Since when it is open here. */
  readonly opened_at: Instant;
  /** When Junction had the newest report that nobody has acknowledged; null if that is unknown. */
  readonly reported_at: Instant | null;
}

/**
 * Counts the open critical results that are shown.
 *
 * @param within how long one may be open (ms)
 * @param since since when the service watches: those of before are open, but never overdue
 */
export async function countCriticalResults(
  shown: TeamContext,
  now: Instant,
  within: number,
  since: Instant | null = null,
): Promise<CriticalCounts> {
  const all = await openCriticalResults(shown, now);
  const watched = all.filter(({ reported_at }) => !isHistorical(reported_at, since));
  const { overdue } = countCriticalTimes(timesOf(watched), now, within);
  return { ...countCriticalTimes(timesOf(all), now, within), overdue };
}

const timesOf = (all: readonly OpenCritical[]) => all.map(({ opened_at }) => opened_at);

/** Since when each of the open critical results that are shown is open, longest open first. */
export async function openCriticalTimes(shown: TeamContext, now: Instant): Promise<Instant[]> {
  return timesOf(await openCriticalResults(shown, now));
}

/** The open critical results that are shown, longest open first. */
export async function openCriticalResults(shown: TeamContext, now: Instant): Promise<OpenCritical[]> {
  const open: OpenCritical[] = [];
  let after: string | null = null;
  do {
    const { orders, next } = await listCriticalResults(shown.table, 'open', {
      limit: PAGE,
      after,
      onlyCounted: true,
    });
    for (const record of orders) {
      // One whose transaction is damaged counts, because a patient may need help.
      if ((await unlessDamaged(shown.table, () => isOrderShown(shown, record))) === false) continue;
      open.push({ opened_at: record.criticalOpenedAt ?? now, reported_at: unreadReportAt(record) });
    }
    after = next;
  } while (after !== null);
  return open;
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

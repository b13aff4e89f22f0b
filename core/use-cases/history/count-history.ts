import { isHistorical } from '../../domain/events/history.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { byDueTime, listTransactions } from '../../store/transactions/transaction-lists.ts';
import { openCriticalResults } from '../count-critical-results.ts';
import { countNeeds } from '../count-needs.ts';
import { isShown, type TeamContext } from '../team-visibility.ts';

/** What the service found when it began to watch. */
export interface HistoryCounts {
  readonly open_redraws: number;
  /** Open redraws that became available more than thirty days ago. */
  readonly old_redraws: number;
  readonly needs_decision: number;
  readonly stalled_orders: number;
  /** Critical results from before the service watched that nobody has acknowledged. Nobody is paged about them. */
  readonly critical_results: number;
}

const PAGE = 100;
const OLD = 2_592_000_000;

/** Counts what is on the worklist, once, instead of a mail about each. */
export async function countHistory(shown: TeamContext, since: Instant, now: Instant): Promise<HistoryCounts> {
  const { needs_decision, stalled_orders } = await countNeeds(shown, now);
  const critical = await openCriticalResults(shown, now);
  return {
    ...(await countRedraws(shown, later(now, -OLD))),
    needs_decision,
    stalled_orders,
    critical_results: critical.filter(({ reported_at }) => isHistorical(reported_at, since)).length,
  };
}

async function countRedraws(shown: TeamContext, oldBefore: Instant) {
  const counts = { open_redraws: 0, old_redraws: 0 };
  let after: string | null = null;
  do {
    const page = await listTransactions(shown.table, byDueTime('open'), { limit: PAGE, after });
    for (const { team_id, redraw, created_at } of page.transactions) {
      if (!isShown(shown, team_id)) continue;
      counts.open_redraws += 1;
      const began = redraw?.available_at ?? created_at;
      if (began !== null && began < oldBefore) counts.old_redraws += 1;
    }
    after = page.next;
  } while (after !== null);
  return counts;
}

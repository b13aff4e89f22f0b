import { type Instant, later } from '../../domain/instant.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import { type JoinReport, joinListedOrders, type PollDependencies } from './join-listed-orders.ts';
import { PagesSeen } from './pages-seen.ts';

/** The range of the list, by the last change of the orders (ms). */
const RANGE = 2_592_000_000;
/** The most pages in one sweep. Newest orders first, so that the ones left out are the oldest. */
const MAX_PAGES = 5;

/**
 * Lists the orders whose results are critical and opens the critical results that no webhook reported. The interpretation need
 * not change `updated_at`, so the poll of changed orders can miss it. Only news is written.
 */
export async function pollCriticalResults(dependencies: PollDependencies, now: Instant): Promise<JoinReport> {
  const report: JoinReport = { healed: 0, skipped: 0 };
  const { api, hasTime, onSkip } = dependencies;
  if (!api) return report;
  const seen = new PagesSeen();
  try {
    for (let page = 1; page <= MAX_PAGES && hasTime(); page += 1) {
      const { orders, last } = await api.criticalOrders(later(now, -RANGE), page);
      const critical = orders.filter(({ facts }) => facts?.critical);
      await joinListedOrders({ ...dependencies, api }, critical, now, report);
      if (last || seen.repeats(orders)) break;
    }
  } catch (error) {
    report.skipped += 1;
    onSkip('list of critical results', reasonOf(error));
  }
  return report;
}

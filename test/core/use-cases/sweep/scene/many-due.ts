import { contributionOf } from '../../../../../core/domain/members/contribution.ts';
import { nextRevision } from '../../../../../core/domain/stored/next-revision.ts';
import { readOrderItem } from '../../../../../core/store/orders/order-item.ts';
import { isOfKind } from '../../../../../core/store/table-layout.ts';
import { writeTransaction } from '../../../../../core/store/transactions/transactions.ts';
import { march } from '../../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../../clocks.ts';
import { INITIAL, initialAvailable } from './redraw-bodies.ts';
import { Tracker } from './tracker.ts';

/** Many transactions whose redraw was never ordered, spread over all buckets like random ids. */
export async function manyDue(tracker: Tracker, count: number): Promise<string[]> {
  const teller = new Tracker();
  await teller.deliver(initialAvailable(), march(5, '10:00:01'));
  const item = [...teller.memory.items.values()].find(({ sk }) => isOfKind('ORDER', sk)) ?? {};
  const contributions = { [INITIAL]: contributionOf(readOrderItem(item)) };
  const ids = Array.from({ length: count }, (_, n) => {
    const spread = ((n * 40_503) % 65_536).toString(16).padStart(4, '0');
    return `${spread}0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  });
  for (const id of ids) {
    const revision = { id, contributions, departures: {}, after: null };
    await writeTransaction(tracker.projection.table, nextRevision(revision, CLOCKS), null);
  }
  tracker.events.length = 0;
  return ids;
}

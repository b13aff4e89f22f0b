import { mapConcurrent } from '../concurrency/map-concurrent.ts';
import type { HeldTransaction } from '../domain/stored/stored-transaction.ts';
import { addCounts } from '../store/counts/counting-item.ts';
import { Tally } from './count-tally.ts';
import type { TeamContext } from './team-visibility.ts';

/** A transaction before and after a write; null where there was none. */
export interface CountedChange {
  readonly before: HeldTransaction | null;
  readonly after: HeldTransaction | null;
}

/**
 * Adds changes of transactions to the counters and insights. Changes that cancel each other cost nothing, and one write takes all
 * changes of an item.
 */
export async function countChanges(shown: TeamContext, changes: readonly CountedChange[]): Promise<void> {
  const tally = new Tally(shown);
  for (const { before, after } of changes) {
    if (before) tally.add(before, -1);
    if (after) tally.add(after, 1);
  }
  await mapConcurrent(tally.items(), ({ key, counts }) => addCounts(shown.table, key, counts));
}

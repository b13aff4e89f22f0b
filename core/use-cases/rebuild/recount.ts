import type { Table } from '../../store/table.ts';
import { type CounterShard, correctShard, readShards, shardOf } from '../../store/transactions/counters.ts';
import { type Place, scanCounted } from '../../store/whole-table.ts';
import type { Finding } from './findings.ts';

export interface RecountContext {
  readonly table: Table;
  readonly dryRun: boolean;
  /** The number of segments of the table that are counted concurrently. */
  readonly segments: number;
  readonly hasTime: () => boolean;
  readonly onFinding: (finding: Finding) => void;
}

/** The largest number of counters that one write corrects. DynamoDB limits an expression to 4 KB. */
const AT_ONCE = 100;
/** How many times a shard is counted if traffic changes it during the count. */
const TRIES = 5;

type Tally = ReadonlyMap<string, number>;

/**
 * Counts the transactions by the counter that each one names, and corrects the counters that differ. The count of a shard is
 * exact only if nothing changed it in the meantime, so only those shards are corrected.
 *
 * @returns whether there was enough time
 */
export async function recount(context: RecountContext): Promise<boolean> {
  const { table, hasTime, segments, onFinding } = context;
  let open: readonly number[] | null = null;
  for (let tried = 1; tried <= TRIES && open?.length !== 0; tried += 1) {
    const before = await readShards(table);
    const tallies = await tallyAll(table, before.length, segments, hasTime);
    if (!tallies) return false;
    const after = await readShards(table);
    const unsettled: number[] = [];
    for (const shard of open ?? before.keys()) {
      const [held, right] = [before[shard], tallies[shard]];
      const quiet = held?.writes === after[shard]?.writes;
      if (!held || !right || !quiet || !(await settle(context, shard, held, right))) unsettled.push(shard);
    }
    open = unsettled;
  }
  for (const shard of open ?? []) onFinding({ kind: 'uncounted', shard });
  return true;
}

/** Corrects a shard and reports what was wrong; false if it has changed since it was read, or more is left to correct. */
async function settle(
  { table, dryRun, onFinding }: RecountContext,
  shard: number,
  held: CounterShard,
  right: Tally,
): Promise<boolean> {
  const all = differences(held.counts, right);
  const wrong = dryRun ? all : new Map([...all].slice(0, AT_ONCE));
  if (wrong.size > 0 && !dryRun && !(await correctShard(table, shard, held, wrong))) return false;
  for (const [counter, actual] of wrong) {
    onFinding({ kind: 'miscounted', counter, shard, stored: held.counts.get(counter) ?? 0, actual });
  }
  return wrong.size === all.size;
}

/** The counters that are wrong, with their correct values. */
function differences(held: Tally, right: Tally): Map<string, number> {
  const names = new Set([...held.keys(), ...right.keys()]);
  return new Map(
    [...names].flatMap((name) => {
      const count = right.get(name) ?? 0;
      return (held.get(name) ?? 0) === count ? [] : [[name, count] as const];
    }),
  );
}

/** The number of transactions per counter in each shard; null if there was no time to read all of them. */
async function tallyAll(
  table: Table,
  shards: number,
  segments: number,
  hasTime: () => boolean,
): Promise<Tally[] | null> {
  const tallies = Array.from({ length: shards }, () => new Map<string, number>());
  const walks = Array.from({ length: segments }, async (_, number) => {
    let from: Place | null = null;
    do {
      if (!hasTime()) return false;
      const page = await scanCounted(table, { number, of: segments }, from);
      for (const [id, counter] of page.counted) {
        const tally = tallies[shardOf(id)];
        if (typeof counter === 'string') tally?.set(counter, (tally.get(counter) ?? 0) + 1);
      }
      from = page.next;
    } while (from);
    return true;
  });
  return (await Promise.all(walks)).every(Boolean) ? tallies : null;
}

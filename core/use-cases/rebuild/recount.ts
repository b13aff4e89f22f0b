import { type CountingItem, correctCounts, readCountingItem } from '../../store/counting-item.ts';
import { insightsNamedBy, readInsightItems } from '../../store/insights/insight-items.ts';
import type { Table } from '../../store/table.ts';
import { counterNamedBy, readShards } from '../../store/transactions/counters.ts';
import { type CountedTransaction, type Place, scanCounted } from '../../store/whole-table.ts';
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
/** How many times an item is counted if traffic changes it during the count. */
const TRIES = 5;

type Counts = ReadonlyMap<string, number>;
/** The right counts of each counting item, by the item's name. */
type Tallies = Map<string, Tally>;
interface Tally {
  readonly key: CountingItem['key'];
  readonly counts: Map<string, number>;
}

const NONE: Counts = new Map();

/**
 * Counts the transactions by what each one says it is counted as, and corrects the counters and insights that differ. The count
 * of an item is exact only if nothing changed it in the meantime, so only those items are corrected.
 *
 * @returns whether there was enough time
 */
export async function recount(context: RecountContext): Promise<boolean> {
  const { table, hasTime, segments, onFinding } = context;
  let open: readonly string[] | null = null;
  for (let tried = 1; tried <= TRIES && open?.length !== 0; tried += 1) {
    const before = await readCountingItems(table);
    const tallies = await tallyAll(table, segments, hasTime);
    if (!tallies) return false;
    const after = await readCountingItems(table);
    const names = open ?? [...new Set([...before.keys(), ...tallies.keys()])];
    open = await settleAll(context, names, { before, tallies, after });
  }
  for (const item of open ?? []) onFinding({ kind: 'uncounted', item });
  return true;
}

interface Counted {
  readonly before: ReadonlyMap<string, CountingItem>;
  readonly tallies: Tallies;
  readonly after: ReadonlyMap<string, CountingItem>;
}

/** Settles the items that nothing changed during the count, and returns the names of the others. */
async function settleAll(
  context: RecountContext,
  names: readonly string[],
  { before, tallies, after }: Counted,
): Promise<string[]> {
  const unsettled: string[] = [];
  for (const name of names) {
    const tally = tallies.get(name);
    const held = before.get(name) ?? (tally && readCountingItem(tally.key));
    const quiet = held?.writes === (after.get(name)?.writes ?? 0);
    if (!held || !quiet || !(await settle(context, name, held, tally?.counts ?? NONE))) unsettled.push(name);
  }
  return unsettled;
}

/** Corrects an item and reports what was wrong; false if it has changed since it was read, or more is left to correct. */
async function settle(
  { table, dryRun, onFinding }: RecountContext,
  item: string,
  held: CountingItem,
  right: Counts,
): Promise<boolean> {
  const all = differences(held.counts, right);
  const wrong = dryRun ? all : new Map([...all].slice(0, AT_ONCE));
  if (wrong.size > 0 && !dryRun && !(await correctCounts(table, held, wrong))) return false;
  for (const [counter, actual] of wrong) {
    onFinding({ kind: 'miscounted', counter, item, stored: held.counts.get(counter) ?? 0, actual });
  }
  return wrong.size === all.size;
}

/** The counters that are wrong, with their correct values. */
function differences(held: Counts, right: Counts): Map<string, number> {
  const names = new Set([...held.keys(), ...right.keys()]);
  return new Map(
    [...names].flatMap((name) => {
      const count = right.get(name) ?? 0;
      return (held.get(name) ?? 0) === count ? [] : [[name, count] as const];
    }),
  );
}

const nameOf = ({ pk, sk }: CountingItem['key']) => `${pk} ${sk}`;

async function readCountingItems(table: Table): Promise<ReadonlyMap<string, CountingItem>> {
  const items = [...(await readShards(table)), ...(await readInsightItems(table))];
  return new Map(items.map((item) => [nameOf(item.key), item]));
}

/** The right counts of every counting item; null if there was no time to read all transactions. */
async function tallyAll(table: Table, segments: number, hasTime: () => boolean): Promise<Tallies | null> {
  const tallies: Tallies = new Map();
  const walks = Array.from({ length: segments }, async (_, number) => {
    let from: Place | null = null;
    do {
      if (!hasTime()) return false;
      const page = await scanCounted(table, { number, of: segments }, from);
      for (const transaction of page.counted) tally(tallies, transaction);
      from = page.next;
    } while (from);
    return true;
  });
  return (await Promise.all(walks)).every(Boolean) ? tallies : null;
}

function tally(tallies: Tallies, { id, counted, insight }: CountedTransaction): void {
  const counter = counterNamedBy(id, counted);
  for (const [key, name] of [...(counter ? [counter] : []), ...insightsNamedBy(id, insight)]) {
    const { counts } = tallies.get(nameOf(key)) ?? { counts: new Map<string, number>() };
    counts.set(name, (counts.get(name) ?? 0) + 1);
    tallies.set(nameOf(key), { key, counts });
  }
}

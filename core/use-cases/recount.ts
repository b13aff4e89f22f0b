import type { Instant } from '../domain/instant.ts';
import { countersKey } from '../store/counts/counters.ts';
import { addCounts, readCountingItem } from '../store/counts/counting-item.ts';
import { readInsightItems } from '../store/counts/insight-items.ts';
import { readEach } from '../store/damaged-items.ts';
import { type ItemKey, transactionKey } from '../store/table-layout.ts';
import { readItems } from '../store/transactions/index-pages.ts';
import { readHeldItem } from '../store/transactions/transaction-item.ts';
import { type Place, type Segment, scanIds } from '../store/whole-table.ts';
import { countedOwners, type ItemTally, Tally } from './count-tally.ts';
import type { TeamContext } from './team-visibility.ts';

/** What a recount found; `item` has the keys of the counting item. */
export type CountFinding =
  /** A counter had a wrong value. */
  | {
      readonly kind: 'miscounted';
      readonly counter: string;
      readonly item: string;
      readonly stored: number;
      readonly actual: number;
    }
  /** A counter could not be checked, because it differed otherwise at every count. */
  | { readonly kind: 'uncounted'; readonly counter: string; readonly item: string };

export interface RecountContext extends TeamContext {
  readonly dryRun: boolean;
  /** The number of segments of the table that are counted concurrently. */
  readonly segments: number;
  readonly hasTime: () => boolean;
  /** The time of the recount, which the items show. */
  readonly now: Instant;
  /** Waits between two counts for longer than a change ordinarily takes to reach the counters. */
  readonly pause: () => Promise<void>;
  readonly onFinding: (finding: CountFinding) => void;
}

/** DynamoDB's limit of a batch read. */
const PAGE = 100;
/** The largest number of counters that one write corrects. DynamoDB limits an expression to 4 KB. */
const AT_ONCE = 50;
/** How many times everything is counted at most. */
const LOOKS = 5;

/** How far a counter is from the number of transactions that it counts. */
interface Difference {
  readonly key: ItemKey;
  readonly counter: string;
  readonly stored: number;
  readonly actual: number;
}

/**
 * Counts all transactions, and corrects the counters and insights that are wrong. Changes that are on their way to the counters
 * look like errors. So a difference is corrected if two counts in a row find it alike, and by adding it: what is counted
 * in the meantime is not lost. Counters that differ otherwise each time are reported.
 *
 * @returns whether there was enough time
 */
export async function recount(context: RecountContext): Promise<boolean> {
  const settled: Difference[] = [];
  let open = await differences(context);
  for (let look = 1; look < LOOKS && open && open.size > 0; look += 1) {
    await context.pause();
    const next = await differences(context);
    if (!next) return false;
    settled.push(...alike(open, next));
    open = without(next, settled);
  }
  if (!open) return false;
  for (const { key, ...numbers } of settled)
    context.onFinding({ kind: 'miscounted', item: nameOf(key), ...numbers });
  for (const { key, counter } of open.values())
    context.onFinding({ kind: 'uncounted', item: nameOf(key), counter });
  if (!context.dryRun) await correct(context, settled);
  return true;
}

type Differences = ReadonlyMap<string, Difference>;

/** The differences that two counts found alike. */
const alike = (before: Differences, now: Differences): Difference[] =>
  [...now].flatMap(([place, difference]) => {
    const known = before.get(place);
    return known && errorOf(known) === errorOf(difference) ? [difference] : [];
  });

function without(all: Differences, settled: readonly Difference[]): Differences {
  const places = new Set(settled.map(placeOf));
  return new Map([...all].filter(([place]) => !places.has(place)));
}

const nameOf = ({ pk, sk }: ItemKey) => `${pk} ${sk}`;
const placeOf = ({ key, counter }: Pick<Difference, 'key' | 'counter'>) => `${nameOf(key)} ${counter}`;
const errorOf = ({ stored, actual }: Difference) => actual - stored;

async function correct(context: RecountContext, wrong: readonly Difference[]): Promise<void> {
  const { table, now } = context;
  for (const [key, differences] of byItem(wrong)) {
    for (let from = 0; from < differences.length; from += AT_ONCE) {
      const part = differences.slice(from, from + AT_ONCE);
      await addCounts(table, key, new Map(part.map((one) => [one.counter, errorOf(one)])));
    }
  }
  for (const owner of countedOwners(context)) await addCounts(table, countersKey(owner), new Map(), now);
}

function byItem(all: readonly Difference[]): [ItemKey, Difference[]][] {
  const groups = Map.groupBy(all, ({ key }) => nameOf(key));
  return [...groups.values()].flatMap((group) => (group[0] ? [[group[0].key, group]] : []));
}

/** The counters that differ from the transactions, by place; null if there was no time to read all of them. */
async function differences(context: RecountContext): Promise<Differences | null> {
  const tally = await tallyAll(context);
  if (!tally) return null;
  const items: ItemTally[] = [];
  for (const owner of countedOwners(context)) {
    items.push(await readCountingItem(context.table, countersKey(owner)));
    items.push(...(await readInsightItems(context.table, owner)));
  }
  const stored = new Map(items.map((item) => [nameOf(item.key), item]));
  const actual = new Map(tally.items().map((item) => [nameOf(item.key), item]));
  const found = [...new Set([...stored.keys(), ...actual.keys()])].flatMap((name) =>
    differencesOf(stored.get(name), actual.get(name)),
  );
  return new Map(found.map((difference) => [placeOf(difference), difference]));
}

function differencesOf(stored: ItemTally | undefined, actual: ItemTally | undefined): Difference[] {
  const key = stored?.key ?? actual?.key;
  if (!key) return [];
  const counters = new Set([...(stored?.counts.keys() ?? []), ...(actual?.counts.keys() ?? [])]);
  return [...counters].flatMap((counter) => {
    const [was, is] = [stored, actual].map((item) => item?.counts.get(counter) ?? 0) as [number, number];
    return was === is ? [] : [{ key, counter, stored: was, actual: is }];
  });
}

async function tallyAll(context: RecountContext): Promise<Tally | null> {
  const tally = new Tally(context);
  const walks = Array.from({ length: context.segments }, (_, number) =>
    tallySegment(context, { number, of: context.segments }, tally),
  );
  return (await Promise.all(walks)).every(Boolean) ? tally : null;
}

/** @returns whether there was enough time */
async function tallySegment(
  { table, hasTime }: RecountContext,
  segment: Segment,
  tally: Tally,
): Promise<boolean> {
  let from: Place | null = null;
  do {
    if (!hasTime()) return false;
    const page = await scanIds(table, 'TX', segment, from, PAGE);
    const items = page.ids.length === 0 ? [] : await readItems(table, page.ids.map(transactionKey));
    for (const held of readEach(table, items, readHeldItem)) tally.add(held, 1);
    from = page.next;
  } while (from);
  return true;
}

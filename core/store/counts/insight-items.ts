import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import type { InsightCount } from '../../domain/insights/figures.ts';
import type { Insight } from '../../domain/insights/insight.ts';
import type { Table } from '../table.ts';
import { type ItemKey, itemKey } from '../table-layout.ts';
import { ownerOfCounts } from './counters.ts';
import { type CountingItem, queryCountingItems } from './counting-item.ts';
import { countedAs, type InsightGroup } from './insight-counts.ts';

/** The part of a group: all its transactions, or what only redraws count. */
type Part = InsightCount['part'];

/** The counts of one item of a group. */
export interface InsightCounts {
  readonly group: InsightGroup;
  readonly part: Part;
  readonly counts: ReadonlyMap<string, number>;
}

/** Begins the name of a count of all transactions in the item of the redraws. */
const AMONG_ALL = 'a:';

const partitionOf = (teamId: string | null) => itemKey('INSIGHTS', ownerOfCounts(teamId)).pk;

/** The key of the item that counts a group. Months come first, so that a query reads a month. */
function insightKey(teamId: string | null, { month, lab, test }: InsightGroup, part: Part): ItemKey {
  return { pk: partitionOf(teamId), sk: `${month}#${JSON.stringify([part, lab, test])}` };
}

function readPlace(sk: string): { readonly group: InsightGroup; readonly part: Part } {
  const start = sk.indexOf('#');
  const [part, lab, test] = JSON.parse(sk.slice(start + 1)) as [Part, string | null, string | null];
  return { group: { month: sk.slice(0, start), lab, test }, part };
}

/** The counters that count a transaction, by item. */
export function insightCounters(
  teamId: string | null,
  insight: Insight,
): (readonly [key: ItemKey, names: readonly string[]])[] {
  const { group, counts, redrawCounts } = countedAs(insight);
  const all = insightKey(teamId, group, 'all');
  const redraws = insightKey(teamId, group, 'redraws');
  // An open redraw costs one write instead of two: what it counts among all is beside what it counts among redraws.
  if (insight.outcome === 'open' && redrawCounts) {
    return [[redraws, [...redrawCounts, ...counts.map((name) => AMONG_ALL + name)]]];
  }
  return [[all, counts], ...(redrawCounts ? [[redraws, redrawCounts] as const] : [])];
}

/** The counts of months (`2026-11`). The number of reads follows the months and the tests in them, not the transactions. */
export async function readInsights(
  table: Table,
  teamId: string | null,
  months: readonly string[],
): Promise<InsightCounts[]> {
  const found: InsightCounts[] = [];
  await mapConcurrent(months, async (month) => {
    for (const { key, counts } of await queryCountingItems(table, partitionOf(teamId), `${month}#`)) {
      found.push(...partsOf(readPlace(key.sk), counts));
    }
  });
  return found;
}

/** What an item counts, and what it counts for the other item of its group. */
function partsOf({ group, part }: Omit<InsightCounts, 'counts'>, counts: InsightCounts['counts']) {
  const isForAll = ([name]: [string, number]) => name.startsWith(AMONG_ALL);
  const own = [...counts].filter((one) => !isForAll(one));
  const forAll = [...counts]
    .filter(isForAll)
    .map(([name, count]) => [name.slice(AMONG_ALL.length), count] as const);
  return [
    { group, part, counts: new Map(own) },
    ...(forAll.length > 0 ? [{ group, part: 'all' as const, counts: new Map(forAll) }] : []),
  ];
}

/** Every item of the insights. */
export function readInsightItems(table: Table, teamId: string | null): Promise<CountingItem[]> {
  return queryCountingItems(table, partitionOf(teamId), '');
}

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
  return [
    [insightKey(teamId, group, 'all'), counts],
    ...(redrawCounts ? [[insightKey(teamId, group, 'redraws'), redrawCounts] as const] : []),
  ];
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
      found.push({ ...readPlace(key.sk), counts });
    }
  });
  return found;
}

/** Every item of the insights. */
export function readInsightItems(table: Table, teamId: string | null): Promise<CountingItem[]> {
  return queryCountingItems(table, partitionOf(teamId), '');
}

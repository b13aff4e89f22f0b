import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import type { InsightCount } from '../../domain/insights/figures.ts';
import { addition, type CountingItem, readCountingItem } from '../counting-item.ts';
import { wholeNumbers } from '../damaged-items.ts';
import type { Item, Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';
import { shardOf } from '../transactions/counters.ts';
import { type CountedInsight, GENERATION, type InsightGroup, readInsightText } from './insight-text.ts';

/** The part of a group: all its transactions, or what only redraws count. */
type Part = InsightCount['part'];
type Key = CountingItem['key'];

/** The counts of one item of a group. */
export interface InsightCounts {
  readonly group: InsightGroup;
  readonly part: Part;
  readonly counts: ReadonlyMap<string, number>;
}

/** A transaction whose insight changes; the texts of its item, null for none. */
export interface InsightChange {
  readonly id: string;
  readonly from: unknown;
  readonly to: string | null;
}

/**
 * The key of the item that counts a group. Months come first, so that a query reads a month. The shards are those of the
 * counters: a transaction that conflicts here conflicts there too, so insights add no conflicts.
 */
function insightKey({ month, team_id, lab, test }: InsightGroup, part: Part, shard: number): Key {
  const { pk } = itemKey('INSIGHTS', String(GENERATION));
  return { pk, sk: `${month}#${JSON.stringify([part, shard, team_id, lab, test])}` };
}

function readPlace(sk: string): { readonly group: InsightGroup; readonly part: Part } {
  const start = sk.indexOf('#');
  const [part, , team_id, lab, test] = JSON.parse(sk.slice(start + 1)) as [
    Part,
    number,
    string | null,
    string | null,
    string | null,
  ];
  return { group: { month: sk.slice(0, start), team_id, lab, test }, part };
}

/** The updates of the insights when transactions change what they are counted as: one per affected item. */
export function insightUpdates(table: Table, changes: readonly InsightChange[]) {
  const items = new Map<string, { readonly key: Key; readonly counts: Map<string, number> }>();
  for (const { id, from, to } of changes) {
    if (from === to) continue;
    for (const [text, by] of [
      [from, -1],
      [to, 1],
    ] as const) {
      for (const [key, name] of insightsNamedBy(id, text)) {
        const item = items.get(key.sk) ?? { key, counts: new Map<string, number>() };
        item.counts.set(name, (item.counts.get(name) ?? 0) + by);
        items.set(key.sk, item);
      }
    }
  }
  return [...items.values()].flatMap(({ key, counts }) => {
    const changed = [...counts].filter(([, by]) => by !== 0);
    return changed.length === 0 ? [] : [addition(table, key, changed)];
  });
}

/** The items and counts that count a transaction, by the text of its item. */
export function insightsNamedBy(id: string, text: unknown): (readonly [key: Key, name: string])[] {
  const insight: CountedInsight | null = readInsightText(text);
  if (insight === null) return [];
  const { group, counts, redrawCounts } = insight;
  const shard = shardOf(id);
  const all = insightKey(group, 'all', shard);
  const redraws = insightKey(group, 'redraws', shard);
  return [
    ...counts.map((name) => [all, name] as const),
    ...(redrawCounts ?? []).map((name) => [redraws, name] as const),
  ];
}

/** The counts of months (`2026-11`). The number of reads follows the months and the tests in them, not the transactions. */
export async function readInsights(table: Table, months: readonly string[]): Promise<InsightCounts[]> {
  const found: InsightCounts[] = [];
  await mapConcurrent(months, async (month) => {
    for (const { key, counts } of await queryInsights(table, `${month}#`)) {
      found.push({ ...readPlace(key.sk), counts: new Map(wholeNumbers(table, key, [...counts])) });
    }
  });
  return found;
}

/** Every item of the insights. */
export function readInsightItems(table: Table): Promise<CountingItem[]> {
  return queryInsights(table, null);
}

async function queryInsights(table: Table, start: string | null): Promise<CountingItem[]> {
  const { pk } = itemKey('INSIGHTS', String(GENERATION));
  const items: CountingItem[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: start === null ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :start)',
        ExpressionAttributeValues: { ':pk': pk, ...(start !== null && { ':start': start }) },
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) items.push(readCountingItem({ pk, sk: String(item.sk) }, item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

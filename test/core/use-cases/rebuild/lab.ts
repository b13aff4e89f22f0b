/** A table with journeys, further traffic, and the same traffic on an undamaged table. */

import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, expect } from 'vitest';
import { capabilitiesWith } from '../../../../capabilities/folders.ts';
import { rebuildParts } from '../../../../capabilities/rebuild-parts.ts';
import { NO_STAMP } from '../../../../core/domain/instant.ts';
import type { Incompleteness } from '../../../../core/domain/stored/incompleteness.ts';
import { readOrderItem } from '../../../../core/store/orders/order-item.ts';
import type { Item, Table } from '../../../../core/store/table.ts';
import { isOfKind, itemName } from '../../../../core/store/table-layout.ts';
import type { Finding } from '../../../../core/use-cases/rebuild/findings.ts';
import { beginning, type Cursor } from '../../../../core/use-cases/rebuild/position.ts';
import { type RebuildDependencies, rebuildTable } from '../../../../core/use-cases/rebuild/rebuild-table.ts';
import { receive } from '../../../../core/use-cases/receive-webhook.ts';
import { type Projection, recompute } from '../../../../core/use-cases/recompute.ts';
import { type Change, MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { CLOCKS } from '../../../clocks.ts';
import { writeAll } from '../../store/tables/batches.ts';
import { openEngineTable } from '../../store/tables/engine-table.ts';
import { countedIn, expectedCounters } from '../counters.ts';

/** The table of a test file on an engine of its own, emptied after each test. */
export async function openEmptiedTable(): Promise<Table> {
  const { table, close } = await openEngineTable();
  afterEach(async () => writeAll(table, { drop: await itemsOf(table) }));
  afterAll(() => close());
  return table;
}

/** The time of receipt: after everything that happens in the journeys. */
const NOW = new Date('2031-01-01T00:00:00Z');

export const withoutPause = (table: Table): Projection => ({
  table,
  clocks: CLOCKS,
  pause: () => new Promise((done) => setImmediate(done)),
});

export async function take(table: Table, body: string): Promise<void> {
  await receive({ table, quarantine: table, quarantineRetentionDays: 90 }, Buffer.from(body), NOW);
}

/** The content of a table after these bodies: the orders and, after the stream, everything derived from them. */
async function heldAfter(bodies: readonly string[], { handled }: { handled: boolean }): Promise<Item[]> {
  const table = new MemoryTable();
  const changes: Change[] = [];
  table.onChange = (change) => changes.push(change);
  for (const body of bodies) await take(table, body);
  for (let change = changes.shift(); change && handled; change = changes.shift()) {
    if (!(change.after && isOfKind('ORDER', change.after.sk))) continue;
    await recompute(withoutPause(table), readOrderItem(change.after));
  }
  return [...table.items.values()];
}

/** The content of a new table after these bodies, with an unprocessed stream. */
export async function takeAll(table: Table, bodies: readonly string[]): Promise<void> {
  await writeAll(table, { put: await heldAfter(bodies, { handled: false }) });
}

/** The content of a new table after these bodies and the stream. */
export async function settleAll(table: Table, bodies: readonly string[]): Promise<void> {
  await writeAll(table, { put: await heldAfter(bodies, { handled: true }) });
}

/** The correct transactions for these bodies, by key. */
export async function undisturbed(bodies: readonly string[]): Promise<Map<string, Item>> {
  return comparable(await heldAfter(bodies, { handled: true }));
}

/**
 * The shown transactions in a comparable form. Not compared: the number of writes of an item, the version at which an
 * order left, a check that was planned early and not moved, and what was published of a transaction that lacks an order.
 */
export function comparable(items: readonly Item[]): Map<string, Item> {
  const transactions = items.filter(({ sk, emptied }) => isOfKind('TX', sk) && emptied !== true);
  return new Map(transactions.map((item) => [itemName(item), comparableItem(item)]));
}

function comparableItem({
  revision: _,
  departures: __,
  cause: ___,
  check_at,
  k_pk: ____,
  k_sk,
  due,
  d_sk,
  contributions,
  incomplete,
  ...item
}: Item): Item {
  const isPlanned = String(item.d_pk).startsWith('ORDER_DUE#');
  return {
    ...item,
    // The due time can refer to the key.
    due: typeof due === 'string' ? due.replace('=', String(d_sk).slice(0, NO_STAMP.length)) : due,
    ...(isPlanned ? {} : { d_sk }),
    is_checked: typeof (check_at ?? k_sk),
    missing: (incomplete as Incompleteness | undefined)?.missing,
    contributions: Object.fromEntries(
      Object.entries(contributions as Record<string, object>).map(([id, contribution]) => [
        id,
        { ...contribution, v: 0 },
      ]),
    ),
  };
}

export async function itemsOf(table: Table): Promise<Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

export const transactionsOf = async (table: Table) =>
  (await itemsOf(table)).filter(({ sk }) => isOfKind('TX', sk));

export async function put(table: Table, item: Item): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}

export async function drop(table: Table, { pk, sk }: Item): Promise<void> {
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
}

/** A rebuild without pauses, with its findings. */
export async function rebuild(
  table: Table,
  given: Partial<RebuildDependencies> & { readonly dryRun?: boolean; readonly from?: Cursor } = {},
) {
  const { dryRun = false, from = beginning('orders', 3), ...options } = given;
  const findings: Finding[] = [];
  const report = await rebuildTable(
    {
      context: {
        ...withoutPause(table),
        parts: await rebuildParts(capabilitiesWith('rebuild.ts')),
        dryRun,
        now: () => 1_900_000_000,
        revisionsAbove: 0,
      },
      pace: { next: async () => undefined },
      teamId: null,
      pauseBetweenCounts: async () => undefined,
      pageSize: 20,
      hasTime: () => true,
      onFinding: (finding) => findings.push(finding),
      onProgress: () => undefined,
      ...options,
    },
    from,
  );
  // Nothing counts the changes here before the rebuild does.
  return { ...report, findings: findings.filter(({ kind }) => kind !== 'miscounted') };
}

/** The counters are those of all transactions. */
export async function expectCountersRight(table: Table): Promise<void> {
  const items = await itemsOf(table);
  expect(countedIn(items)).toEqual(expectedCounters(items));
}

/** The indexes of the table in memory have the same lists as those of a real engine, page by page. */

import { QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextRevision } from '../../../core/domain/stored/next-revision.ts';
import type { Table } from '../../../core/store/table.ts';
import { dueIds } from '../../../core/store/transactions/due-index.ts';
import { byDueTime, byStatus, listTransactions } from '../../../core/store/transactions/transaction-lists.ts';
import { readHeld, writeTransaction } from '../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../test/clocks.ts';
import { at, brings } from '../../../test/core/domain/order-records.ts';
import { writeAll } from '../../../test/core/store/tables/batches.ts';
import { type EngineTable, openEngineTable } from '../../../test/core/store/tables/engine-table.ts';
import { emptied } from '../../../test/core/store/transactions/emptied.ts';
import { holdsFor } from '../../../test/property.ts';
import { MemoryTable } from './memory-table.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

/** In two buckets, so that each holds several. */
const transactionId = (n: number) => `000${n % 2}0000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Write {
  readonly n: number;
  readonly second: number;
  readonly low: string;
  readonly stale: boolean;
  readonly remove: boolean;
}

const write: fc.Arbitrary<Write> = fc.record(
  {
    n: fc.integer({ min: 1, max: 9 }),
    second: fc.integer({ min: 0, max: 5 }),
    low: fc.constantFrom('redraw_available', 'completed', 'requisition_created'),
    stale: fc.boolean(),
    remove: fc.integer({ min: 0, max: 6 }).map((one) => one === 0),
  },
  { noNullPrototype: true },
);

async function apply(table: Table, { n, second, low, stale, remove }: Write): Promise<void> {
  const id = transactionId(n);
  const held = await readHeld(table, id);
  if (remove && held) {
    await writeTransaction(table, emptied(held), held);
    return;
  }
  const contributions = brings(1, {
    snapshot: { origin: 'initial', created_at: at(second) },
    events: [
      { created_at: at(second), position: 0, id: '1', status: `collecting_sample.walk_in_test.${low}` },
    ],
  });
  const first = nextRevision({ id, contributions, departures: {}, after: held }, CLOCKS);
  const marks = { progress: null, stale_since: stale ? at(second) : null, acknowledgement: null };
  await writeTransaction(table, { ...first, marks }, held);
}

async function pagesOf(table: Table, query: Partial<QueryCommandInput>): Promise<unknown[]> {
  const pages: unknown[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const input = { TableName: table.name, ExclusiveStartKey: from, ...query };
    const { Items, Count, LastEvaluatedKey } = await table.client.send(new QueryCommand(input));
    pages.push({ Items, Count, LastEvaluatedKey });
    from = LastEvaluatedKey;
  } while (from);
  return pages;
}

async function lists(table: Table): Promise<unknown> {
  const due: unknown[] = [];
  for (const [index, partition] of [
    ['open_redraws', 'DUE'],
    ['open_redraws', 'STALE'],
    ['checks', 'CHECK'],
  ] as const) {
    for await (const page of dueIds(table, index, partition, at(3_602), 0)) due.push(page);
  }
  const page = { limit: 2, after: null };
  const bucket = { ':pk': 'STATUS#active#0' };
  return {
    due,
    open: await listTransactions(table, byDueTime('open'), page),
    stale: await listTransactions(table, byDueTime('stale'), page),
    active: await listTransactions(table, byStatus(['active', 'completed']), page),
    forward: await pagesOf(table, {
      IndexName: 'by_status',
      KeyConditionExpression: 's_pk = :pk',
      Limit: 2,
      ExpressionAttributeValues: bucket,
    }),
    backward: await pagesOf(table, {
      IndexName: 'by_status',
      KeyConditionExpression: 's_pk = :pk AND s_sk > :sk',
      Limit: 1,
      ScanIndexForward: false,
      ExpressionAttributeValues: { ...bucket, ':sk': at(1) },
    }),
  };
}

test('any sequence of writes gives the same lists', async () => {
  await holdsFor(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 24 }), async (writes) => {
      const memory = new MemoryTable();
      const { Items } = await engine.table.client.send(new ScanCommand({ TableName: engine.table.name }));
      await writeAll(engine.table, { drop: Items ?? [] });
      for (const one of writes) {
        await apply(engine.table, one);
        await apply(memory, one);
      }
      expect(await lists(memory)).toEqual(await lists(engine.table));
      expect(await lists(new MemoryTable(memory.items))).toEqual(await lists(memory));
    }),
    // Amazon's engine takes five times as long for each.
    { numRuns: process.env.TEST_ENGINE === 'dynamodb-local' ? 8 : 26 },
  );
});

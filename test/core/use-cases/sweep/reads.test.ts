/** The reads of a sweep depend on what is due, not on what is stored. */

import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Contributions } from '../../../../core/domain/members/transaction-orders.ts';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { Item, Table } from '../../../../core/store/table.ts';
import { orderKey } from '../../../../core/store/table-layout.ts';
import { transactionItem } from '../../../../core/store/transactions/transaction-item.ts';
import { sweepDueRedraws } from '../../../../core/use-cases/sweep/sweep.ts';
import { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../clocks.ts';
import { brings, event } from '../../domain/order-records.ts';
import { writeAll } from '../../store/tables/batches.ts';
import { openEngineTable } from '../../store/tables/engine-table.ts';
import { manyDue } from './scene/many-due.ts';
import { Tracker } from './scene/tracker.ts';

const NOW = march(6);
/** Silent for a day at the time of the sweep: nothing to check. */
const QUIET = brings(7, {
  snapshot: { origin: 'initial' },
  events: [event(0, 'received.walk_in_test.requisition_created')],
});
/** Not due: flagged in weeks at the earliest. */
const OPEN = brings(7, {
  snapshot: { origin: 'redraw', created_at: march(5), activate_by: '2026-04-01' },
  events: [event(0, 'received.walk_in_test.ordered')],
});

/** Copies an order and its transaction `count` times. */
function stored(count: number): Item[] {
  const of = (contributions: Contributions) =>
    nextRevision({ id: '', contributions, departures: {}, after: null }, CLOCKS);
  const [open, quiet] = [of(OPEN), of(QUIET)];
  return Array.from({ length: count }, (_, n) => {
    const id = `${(n % 65_536).toString(16).padStart(4, '0')}ffff-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const transaction = transactionItem({ ...(n % 10 === 0 ? open : quiet), id });
    return [{ ...orderKey(id), version: 1 }, transaction];
  }).flat();
}

interface Reads {
  readonly requests: Record<string, number>;
  readonly items: number;
}

const COMMANDS = {
  Get: GetCommand,
  Query: QueryCommand,
  BatchGet: BatchGetCommand,
  Put: PutCommand,
  Update: UpdateCommand,
  TransactWrite: TransactWriteCommand,
};

/** Counts the requests to the table and the items returned. */
function counting(table: Table): { table: Table; reads: Reads } {
  const reads = { requests: {} as Record<string, number>, items: 0 };
  const send = async (command: unknown) => {
    const [name = 'other'] = Object.entries(COMMANDS).find(([, kind]) => command instanceof kind) ?? [];
    reads.requests[name] = (reads.requests[name] ?? 0) + 1;
    const answer = (await table.client.send(command as never)) as { Item?: unknown; Items?: unknown[] };
    reads.items += (answer.Items?.length ?? 0) + (answer.Item ? 1 : 0);
    return answer;
  };
  return { table: { name: table.name, client: { send } as unknown as Table['client'] }, reads };
}

async function readsOfSweep(table: Table): Promise<Reads & { flagged: number; due: number }> {
  const counted = counting(table);
  const projection = { table: counted.table, clocks: CLOCKS, pause: async () => undefined };
  const options = {
    projection,
    apis: new Map(),
    every: 900_000,
    hasTime: () => true,
    onSkip: () => undefined,
  };
  const { flagged, due } = await sweepDueRedraws(options, NOW);
  return { ...counted.reads, flagged, due };
}

async function memoryWith(count: number, due: number): Promise<MemoryTable> {
  const items = stored(count).map((item): [string, Item] => [`${item.pk} ${item.sk}`, item]);
  const tracker = new Tracker({ memory: new MemoryTable(new Map(items)) });
  tracker.memory.onChange = () => undefined;
  await manyDue(tracker, due);
  return tracker.memory;
}

describe('a hundred due redraws', () => {
  test('take the same requests and items among a thousand stored orders as among ten thousand', async () => {
    const [few, many] = [await memoryWith(1_000, 100), await memoryWith(10_000, 100)];
    expect(many.items.size - few.items.size).toBe(18_000);
    const [ofFew, ofMany] = [await readsOfSweep(few), await readsOfSweep(many)];
    expect(ofFew).toMatchObject({ flagged: 100, due: 100 });
    expect(ofMany).toEqual(ofFew);
    // For each of the two buckets, a full page of fifty and the end. Each due redraw: one index entry and two reads.
    expect(ofFew.requests).toMatchObject({ Query: 4 });
    expect(ofFew.items).toBe(300);
  }, 300_000);

  test('cost ten times as much as ten', async () => {
    const [ten, hundred] = [await memoryWith(1_000, 10), await memoryWith(1_000, 100)];
    expect((await readsOfSweep(hundred)).items).toBe(10 * (await readsOfSweep(ten)).items);
  });

  test('none due: only the indexes are read', async () => {
    expect(await readsOfSweep(await memoryWith(1_000, 0))).toEqual({
      requests: { Query: 2 },
      items: 0,
      flagged: 0,
      due: 0,
    });
  });
});

test('take the same on a real engine with ten times as many stored orders', async () => {
  const reads: Reads[] = [];
  for (const count of [40, 400]) {
    const engine = await openEngineTable();
    try {
      await writeAll(engine.table, { put: stored(count) });
      await manyDue(new Tracker({ through: () => engine.table }), 40);
      reads.push(await readsOfSweep(engine.table));
    } finally {
      await engine.close();
    }
  }
  expect(reads[0]).toMatchObject({ flagged: 40, due: 40, items: 120 });
  expect(reads[1]).toEqual(reads[0]);
}, 300_000);

/** Critical results of an order: reports and acknowledgements in any order, more than once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { criticalResultEvents } from '../../../../core/domain/events/critical-result-events.ts';
import { later } from '../../../../core/domain/instant.ts';
import type { CriticalState } from '../../../../core/domain/order/critical-result.ts';
import { criticalState } from '../../../../core/domain/order/critical-result.ts';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import {
  listCriticalResults,
  writeCriticalAcknowledgement,
  writeCriticalResult,
} from '../../../../core/store/orders/critical-results.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import type { Table } from '../../../../core/store/table.ts';
import { acknowledgeCriticalResult } from '../../../../core/use-cases/acknowledgements/acknowledge-critical-result.ts';
import { countCriticalResults } from '../../../../core/use-cases/count-critical-results.ts';
import { march, orderId, transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../../callers.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  table = engine.table;
});
afterAll(() => engine.close());

let used = 0;
const nextOrder = () => {
  used += 1;
  return orderId(used);
};

/** A report of a day of March, received a minute later. */
const report = (id: string, day: number, status = 'final') =>
  writeCriticalResult(table, id, { status, updated_at: march(day) }, later(march(day), 60_000));

const NOTICE = { told: 'Dr. Lee', channel: 'phone', read_back: true } as const;

const acknowledge = (id: string, day: number, latestDay: number | null = null, by = 'dr-lee') =>
  acknowledgeCriticalResult(
    { table, pause: async () => undefined },
    { table, teamId: null },
    id,
    {
      by,
      caller: { ...PROGRAM, subject: by },
      latestAt: latestDay === null ? null : march(latestDay),
      notice: NOTICE,
    },
    new Date(march(day)),
  );

async function read(id: string): Promise<OrderRecord> {
  const record = await readOrder(table, id);
  if (!record) throw new Error('not stored');
  return record;
}

const idsIn = async (state: CriticalState) =>
  (await listCriticalResults(table, state, { limit: 100, after: null })).orders.map(({ id }) => id);

/** What a sequence of steps leads to, and the events on the way. */
async function after(steps: readonly ((id: string) => Promise<unknown>)[]) {
  const id = nextOrder();
  const events: string[] = [];
  const outcomes: unknown[] = [];
  let before: OrderRecord | null = null;
  for (const step of steps) {
    const outcome = await step(id);
    outcomes.push(typeof outcome === 'string' ? outcome : 'acknowledged');
    const record = await read(id);
    events.push(...criticalResultEvents(before, record).map(({ detail }) => detail.id.slice(id.length + 17)));
    before = record;
  }
  return { id, record: await read(id), events, outcomes };
}

test('each report is stored once and opens the result, which stays open since the first one', async () => {
  const first = await after([(id) => report(id, 1), (id) => report(id, 2), (id) => report(id, 1)]);
  expect(first.outcomes).toEqual(['applied', 'applied', 'duplicate']);
  expect(first.events).toEqual([`${march(1)}:final`, `${march(2)}:final`]);
  expect(first.record).toMatchObject({
    version: 2,
    criticalOpenedAt: later(march(1), 60_000),
    criticalResults: [1, 2].map((day) => ({ status: 'final', updated_at: march(day) })),
  });
  const reversed = await after([(id) => report(id, 2), (id) => report(id, 1), (id) => report(id, 2)]);
  expect(criticalState(reversed.record)).toBe('open');
  expect(reversed.record.criticalResults).toEqual(first.record.criticalResults);
  expect(reversed.events.toSorted()).toEqual(first.events);
});

test('an acknowledgement covers what was reported up to then, however late it arrives, and nothing later', async () => {
  const { id, record, outcomes, events } = await after([
    (order) => report(order, 4),
    (order) => acknowledge(order, 5),
    // The same report again, and an earlier one that was delayed.
    (order) => report(order, 4),
    (order) => report(order, 3, 'partial'),
  ]);
  expect(outcomes).toEqual(['applied', 'acknowledged', 'duplicate', 'merged']);
  expect(criticalState(record)).toBe('acknowledged');
  expect(events).toEqual([`${march(4)}:final`, `acknowledged:${march(5)}`]);
  expect(record.criticalAcknowledgement).toMatchObject({ by: 'dr-lee', opened_at: later(march(4), 60_000) });
  expect([await idsIn('open'), await idsIn('acknowledged')]).toEqual([
    expect.not.arrayContaining([id]),
    expect.arrayContaining([id]),
  ]);
  // Dated before the acknowledgement, but later than all that it was about.
  expect(
    await writeCriticalResult(table, id, { status: 'final', updated_at: march(4, '20:00:00') }, march(6)),
  ).toBe('applied');
  expect(await read(id)).toMatchObject({ criticalOpenedAt: march(6) });
  expect(await idsIn('open')).toContain(id);
  expect(await idsIn('acknowledged')).not.toContain(id);
  await acknowledge(id, 7);
  expect(await read(id)).toMatchObject({ criticalOpenedAt: null, criticalAcknowledgement: { at: march(7) } });
});

/** The order's own payload of a day, whose newest results are those of another day. */
const inOrder = (id: string, day: number, ofDay: number) =>
  writeCriticalResult(
    table,
    id,
    { status: 'final', updated_at: march(ofDay), inOrder: true },
    march(day, '12:00:00'),
    'api',
  );

test('an order that says so itself opens a critical result, and repeats nothing that is known', async () => {
  const alone = await after([(id) => inOrder(id, 2, 1), (id) => inOrder(id, 3, 1), (id) => report(id, 4)]);
  expect(alone.outcomes).toEqual(['applied', 'duplicate', 'applied']);
  expect(alone.record.criticalOpenedAt).toBe(march(2, '12:00:00'));
  expect(alone.events).toEqual([`${march(1)}:final`, `${march(4)}:final`]);
  const beside = await after([(id) => report(id, 1), (id) => inOrder(id, 2, 2)]);
  expect(beside.events).toEqual([`${march(1)}:final`]);
  const acknowledged = await after([
    (id) => report(id, 1),
    (id) => acknowledge(id, 5),
    // Who acknowledged had the results of the day before.
    (id) => inOrder(id, 6, 4),
  ]);
  expect(criticalState(acknowledged.record)).toBe('acknowledged');
  expect(acknowledged.events).toEqual([`${march(1)}:final`, `acknowledged:${march(5)}`]);
  const corrected = await after([
    (id) => inOrder(id, 1, 1),
    (id) => acknowledge(id, 5),
    (id) => inOrder(id, 7, 6),
  ]);
  expect(criticalState(corrected.record)).toBe('open');
  expect(corrected.events.at(-1)).toBe(`${march(6)}:final`);
});

test('a report from the future can be acknowledged and does not hide reports that come after', async () => {
  const { record } = await after([
    (id) => writeCriticalResult(table, id, { status: 'final', updated_at: march(30) }, march(8)),
    (id) => acknowledge(id, 8),
    (id) => writeCriticalResult(table, id, { status: 'final', updated_at: march(30) }, march(8)),
  ]);
  expect(criticalState(record)).toBe('acknowledged');
  await report(record.id, 9);
  expect(criticalState(await read(record.id))).toBe('open');
});

test('nobody acknowledges what they have not seen, or what somebody else has acknowledged', async () => {
  const id = nextOrder();
  await expect(acknowledge(id, 1)).rejects.toMatchObject({ kind: 'not_found' });
  await report(id, 1);
  await report(id, 2);
  await expect(acknowledge(id, 3, 1)).rejects.toMatchObject({ kind: 'conflict' });
  expect(criticalState(await read(id))).toBe('open');
  await acknowledge(id, 3, 2);
  const { version } = await read(id);
  expect(await acknowledge(id, 4, 2)).toMatchObject({ criticalAcknowledgement: { at: march(3) } });
  await expect(acknowledge(id, 4, 2, 'dr-kim')).rejects.toMatchObject({ kind: 'conflict' });
  expect((await read(id)).version).toBe(version);
});

test('the open ones are listed longest open first', async () => {
  const [second, first] = [nextOrder(), nextOrder()];
  await report(second, 21);
  await report(first, 20);
  await report(first, 22);
  expect((await idsIn('open')).filter((id) => id === first || id === second)).toEqual([first, second]);
});

test('the open ones are counted, and those that waited too long', async () => {
  const [early, late] = [nextOrder(), nextOrder()];
  const count = (day: number, teamId: string | null = null) =>
    countCriticalResults({ table, teamId }, march(day), 86_400_000);
  const before = await count(24);
  await report(early, 24);
  await report(late, 25);
  // Opened a minute after the start of the day.
  const after = await count(26);
  expect([after.open - before.open, after.overdue - (await count(25)).overdue]).toEqual([2, 1]);
  await acknowledge(early, 26);
  expect((await count(26)).overdue).toBe(after.overdue - 1);
  expect((await count(27)).overdue).toBe(after.overdue);
});

test('those of before the service watched are open, and never overdue', async () => {
  const [old, fresh] = [nextOrder(), nextOrder()];
  const count = () => countCriticalResults({ table, teamId: null }, march(31), 3_600_000, march(29));
  const before = await count();
  await report(old, 28);
  expect(await count()).toEqual({ ...before, open: before.open + 1 });
  await report(fresh, 29);
  const after = await count();
  expect([after.open - before.open, after.overdue - before.overdue]).toEqual([2, 1]);
  // A newer report is news.
  await report(old, 30);
  expect((await count()).overdue).toBe(after.overdue + 1);
});

test('a report that arrives during an acknowledgement is not acknowledged', async () => {
  const id = nextOrder();
  await report(id, 27);
  const seen = await read(id);
  await report(id, 28);
  const acknowledgement = {
    by: 'dr-lee',
    at: march(28),
    caller: PROGRAM,
    ...NOTICE,
    opened_at: march(27),
    until: march(27),
  };
  expect(await writeCriticalAcknowledgement(table, seen, acknowledgement)).toBe('conflict');
  expect(criticalState(await read(id))).toBe('open');
});

test('an order that gets its transaction later has no second event', async () => {
  const { events } = await after([
    (id) => report(id, 1),
    (id) =>
      writeListedClaim(table, id, listedClaim(orderId(1), { transaction_id: transactionId(1), as_of: null })),
  ]);
  expect(events).toEqual([`${march(1)}:final`]);
});

/** A rebuild restores a table whose transactions were lost, damaged and changed, while webhooks arrive. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Item, Table } from '../../../../core/store/table.ts';
import {
  isOfKind,
  itemName,
  orderKey,
  type SearchableKind,
  transactionKey,
} from '../../../../core/store/table-layout.ts';
import { beginning, type Cursor } from '../../../../core/use-cases/rebuild/position.ts';
import { rebuildTransaction } from '../../../../core/use-cases/rebuild/rebuild-transaction.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import { writeAll } from '../../store/tables/batches.ts';
import { type EngineTable, openEngineTable } from '../../store/tables/engine-table.ts';
import {
  comparable,
  drop,
  expectCountersRight,
  itemsOf,
  put,
  rebuild,
  settleAll,
  take,
  transactionsOf,
  undisturbed,
  withoutPause,
} from './lab.ts';
import { OrderStream } from './order-stream.ts';

const plan = planDeliveries(journeys(7, 28), { seed: 7, shuffle: 40, duplicate: 0.1 });
const bodies = plan.map(({ body }) => body);
/** The webhooks before the damage; the others arrive during the rebuild. */
const early = bodies.slice(0, Math.floor(bodies.length * 0.7));
const late = bodies.slice(early.length);

let engine: EngineTable;
let table: Table;
let stream: OrderStream;

beforeAll(async () => {
  engine = await openEngineTable();
  table = engine.table;
  stream = new OrderStream(withoutPause(table));
  await settleAll(table, early);
  await stream.drain();
});

afterAll(async () => {
  stream.close();
  await engine.close();
});

test('an undamaged table has nothing to repair', async () => {
  expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
  await rebuild(table, { from: beginning('counters', 1) });
  const before = await itemsOf(table);
  const { cursor, findings, totals } = await rebuild(table);
  expect(findings).toEqual([]);
  await expectCountersRight(table);
  expect(cursor).toBeNull();
  expect(totals).toMatchObject({ orders: count(before, 'ORDER'), transactions: count(before, 'TX') });
  expect(await itemsOf(table)).toEqual(before);
});

const count = (items: readonly Item[], kind: SearchableKind) =>
  items.filter(({ sk }) => isOfKind(kind, sk)).length;

type Contribution = Record<string, unknown>;
const contributionsOf = (item: Item) => (item.contributions ?? {}) as Record<string, Contribution>;

function withContributions(item: Item, change: (one: Contribution) => unknown): Item {
  const changed = Object.entries(contributionsOf(item)).map(([id, one]) => [id, change(one)]);
  return { ...item, contributions: Object.fromEntries(changed) };
}

const BROKEN = '00000000-0000-4000-8000-00000000bad0';
const NOT_CLAIMED = '00000000-0000-4000-8000-000000000000';

/** Ways to damage a transaction's item, by the fault that a rebuild reports. */
const DAMAGES: readonly (readonly [fault: string, spoil: (item: Item) => Item | null])[] = [
  ['missing', () => null],
  ['differs', (item) => ({ ...item, team_id: 'another' })],
  ['differs', (item) => ({ ...item, s_pk: 'STATUS#active#9', s_sk: 'nowhere' })],
  ['differs', (item) => withContributions(item, (one) => ({ ...one, low: 'lost' }))],
  ['differs', (item) => withContributions(item, (one) => ({ ...one, v: 1_000_000 }))],
  ['unreadable', (item) => ({ ...item, contributions: {} })],
  [
    'differs',
    (item) => ({
      ...item,
      contributions: { ...contributionsOf(item), [NOT_CLAIMED]: Object.values(contributionsOf(item))[0] },
    }),
  ],
  ['differs', (item) => ({ ...item, left_behind: true })],
  ['unreadable', (item) => ({ ...item, contributions: 'garbage' })],
  ['unreadable', ({ pk, sk }) => ({ pk, sk })],
  ['unreadable', (item) => ({ ...item, revision: 'seven' })],
  ['unreadable', ({ revision: _, ...item }) => item],
  ['differs', (item) => ({ ...item, departures: { [NOT_CLAIMED]: 7 } })],
  ['unreadable', (item) => ({ ...item, departures: { [NOT_CLAIMED]: 'gone' } })],
  ['unreadable', (item) => withContributions(item, () => null)],
  ['unreadable', (item) => ({ ...item, marks: null })],
];

/** The items of the transactions that have orders. */
const shown = async () => (await transactionsOf(table)).filter(({ emptied }) => emptied !== true);

/** Damages every transaction in one of the ways; returns the fault that a rebuild should report, by key. */
async function spoilAll(): Promise<Map<string, string>> {
  const spoilt = (await shown()).map((item, index) => {
    const [fault = '', spoil] = DAMAGES[index % DAMAGES.length] ?? [];
    return { item, fault, damaged: spoil?.(item) ?? null };
  });
  // Otherwise some kind of damage would not be tested.
  expect(spoilt.length).toBeGreaterThanOrEqual(DAMAGES.length);
  await writeAll(table, {
    put: spoilt.flatMap(({ damaged }) => (damaged ? [damaged] : [])),
    drop: spoilt.flatMap(({ item, damaged }) => (damaged ? [] : [item])),
  });
  return new Map(spoilt.map(({ item, fault }) => [itemName(item), fault]));
}

describe('when every transaction is damaged', () => {
  let spoilt: Map<string, string>;
  beforeEach(async () => {
    spoilt = await spoilAll();
  });

  test('a dry run reports each fault and writes nothing, and a rebuild then repairs it', async () => {
    const before = await itemsOf(table);
    const dry = await rebuild(table, { dryRun: true });
    expect(await itemsOf(table)).toEqual(before);
    const said = new Map(
      dry.findings.flatMap((one) => ('fields' in one ? [[`TX#${one.transaction_id}`, one.kind]] : [])),
    );
    expect(said).toEqual(spoilt);

    const { findings } = await rebuild(table);
    const ofTransactions = (all: typeof findings) => new Set(all.filter(({ kind }) => kind !== 'miscounted'));
    expect(ofTransactions(findings)).toEqual(ofTransactions(dry.findings));
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
    await expectCountersRight(table);
    expect((await rebuild(table)).findings).toEqual([]);
  });

  test('a rebuild that is stopped repeatedly has the same result', async () => {
    let cursor: Cursor | null = beginning('orders', 5);
    let runs = 0;
    for (; cursor && runs < 1_000; runs += 1) {
      let steps = 13;
      // As it returns from a file or from an answer.
      const from: Cursor = JSON.parse(JSON.stringify(cursor));
      const report = await rebuild(table, { from, pageSize: 3, hasTime: () => steps-- > 0 });
      cursor = report.cursor;
    }
    expect(runs).toBeGreaterThan(10);
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
  });

  test('two rebuilds at the same time do no harm', async () => {
    await Promise.all([rebuild(table), rebuild(table, { from: beginning('orders', 2) })]);
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
  });
});

describe('a transaction without orders', () => {
  test('is emptied, readable or not, on condition that it has not changed', async () => {
    const [any = {}] = await shown();
    const orphans = [
      { ...any, ...transactionKey(NOT_CLAIMED) },
      { ...transactionKey('11111111-1111-4111-8111-111111111111'), revision: [1] },
    ];
    for (const orphan of orphans) await put(table, orphan);
    const { findings } = await rebuild(table);
    expect(findings.map(({ kind }) => kind).slice(0, 2)).toEqual(['orphan', 'orphan']);
    await expectCountersRight(table);
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
    const left = (await transactionsOf(table)).filter((item) =>
      orphans.some((orphan) => itemName(orphan) === itemName(item)),
    );
    // The revision of a counted transaction continues, so that no event id repeats.
    expect(left.map(({ emptied, revision }) => [emptied, revision]).sort()).toEqual([
      [true, 1_900_000_001],
      [true, Number(any.revision) + 1],
    ]);
    expect((await rebuild(table)).findings).toEqual([]);
    for (const orphan of orphans) await drop(table, orphan);
  });
});

test('an orphan stays until every order has been checked, because one that belongs to it may follow', async () => {
  const [any = {}] = await shown();
  const orphan = { ...any, ...transactionKey(NOT_CLAIMED) };
  await put(table, orphan);
  const context = {
    ...withoutPause(table),
    dryRun: false,
    removeOrphans: false,
    now: () => 0,
    revisionsAbove: 0,
    parts: [],
  };
  expect((await rebuildTransaction(context, NOT_CLAIMED)).fault).toBeNull();
  expect((await transactionsOf(table)).map(itemName)).toContain(itemName(orphan));
  await drop(table, orphan);
});

test('an order that cannot be read is reported and delays no other', async () => {
  await spoilAll();
  const broken = { ...orderKey(BROKEN), version: 1, '+x': new Set(['[not JSON']) };
  await put(table, broken);
  const { findings } = await rebuild(table);
  await drop(table, broken);
  expect(findings.filter(({ kind }) => kind === 'failed')).toEqual([
    { kind: 'failed', item: `ORDER#${BROKEN}`, reason: `cannot be read: ORDER#${BROKEN}` },
  ]);
  expect(comparable(await itemsOf(table))).toEqual(await undisturbed(early));
});

test('a lost revision is replaced by one that was never used, because consumers tell events apart by it', async () => {
  const [one = {}, other = {}] = (await shown()).filter(({ revision }) => Number(revision) < 1_000_000);
  await drop(table, one);
  await put(table, { ...other, revision: 'seven' });
  await rebuild(table);
  const after = await transactionsOf(table);
  const rebuilt = [one, other].map((one) => after.find((item) => itemName(item) === itemName(one))?.revision);
  // An unreadable item is emptied first, which takes a revision.
  expect(rebuilt).toEqual([1_900_000_001, 1_900_000_002]);
});

test('while webhooks arrive, damaged transactions get the state that they would have had', async () => {
  await spoilAll();
  let arrived = false;
  const traffic = async () => {
    for (const body of late) await take(table, body);
    arrived = true;
  };
  const streaming = async () => {
    while (!arrived) await stream.drain();
    await stream.drain();
  };
  const rebuilding = async () => {
    do await rebuild(table, { from: beginning('orders', 2), pageSize: 5 });
    while (!arrived);
  };
  await Promise.all([traffic(), streaming(), rebuilding()]);
  expect(comparable(await itemsOf(table))).toEqual(await undisturbed(bodies));
  await rebuild(table);
  await expectCountersRight(table);
  expect((await rebuild(table, { dryRun: true })).findings).toEqual([]);
});

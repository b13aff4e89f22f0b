import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseInstant } from '../../../../core/domain/instant.ts';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import type { WriteOutcome } from '../../../../core/domain/webhook-outcomes.ts';
import { readWebhook } from '../../../../core/junction/webhook-message.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeAppointment } from '../../../../core/store/orders/write-appointment.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import { writeOrder } from '../../../../core/store/orders/write-order.ts';
import { writeReportedMarkers } from '../../../../core/store/orders/write-reported-markers.ts';
import type { Table } from '../../../../core/store/table.ts';
import {
  appointment,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { RequestMeter } from '../tables/request-meter.ts';

let engine: EngineTable;
let table: Table;
let meter: RequestMeter;

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  meter = new RequestMeter(table);
});
afterAll(() => engine.close());

function read(body: Json, receivedAt = '2026-06-01T00:00:00Z') {
  return readWebhook(JSON.stringify(body), parseInstant(receivedAt) ?? '');
}

/** Writes an order as its webhook would; returns the outcome and the number of requests. */
async function write(body: Json, receivedAt?: string): Promise<[WriteOutcome, requests: number]> {
  const message = read(body, receivedAt);
  if (message.kind !== 'order') throw new Error(JSON.stringify(message));
  meter.taken();
  const outcome = await writeOrder(table, message.facts);
  return [outcome, meter.taken().length];
}

async function writeVisit(body: Json): Promise<[WriteOutcome, requests: number]> {
  const message = read(body);
  if (message.kind !== 'appointment') throw new Error(JSON.stringify(message));
  meter.taken();
  const outcome = await writeAppointment(table, message.facts);
  return [outcome, meter.taken().length];
}

/** Own orders for each test, because the tests share a table. */
let orders = 0;
function nextOrder(): number {
  orders += 1;
  return orders;
}

const EVENTS = [
  event(1, 'ordered', march(1)),
  event(2, 'requisition_created', march(2)),
  event(3, 'completed', march(3)),
];

describe('an order is written', () => {
  test('in one request if the facts are new, newer or known', async () => {
    const n = nextOrder();
    expect(await write(walkIn(n, EVENTS.slice(0, 1)))).toEqual(['applied', 1]);
    expect(await write(walkIn(n, EVENTS))).toEqual(['applied', 1]);
    expect(await write(walkIn(n, EVENTS))).toEqual(['duplicate', 1]);
    expect(await readOrder(table, orderId(n))).toMatchObject({ version: 2, snapshot: { origin: 'initial' } });
  });

  test('with its missing markers', async () => {
    const n = nextOrder();
    const marker = {
      name: 'Ferritin',
      slug: 'ferritin',
      inferred_failure_type: 'hemolysis',
      loinc: '2276-4',
    };
    await write(walkIn(n, EVENTS, { missing_results: [marker] }));
    const { inferred_failure_type: failure_type, ...named } = marker;
    expect((await readOrder(table, orderId(n)))?.snapshot?.missing_results).toEqual([
      { ...named, failure_type },
    ]);
  });

  test('in one request if the facts are older and add nothing', async () => {
    const n = nextOrder();
    await write(walkIn(n, EVENTS));
    expect(await write(walkIn(n, EVENTS.slice(0, 2)))).toEqual(['superseded', 1]);
    expect((await readOrder(table, orderId(n)))?.version).toBe(1);
  });

  test('in two requests if the facts are older and add something', async () => {
    const n = nextOrder();
    await write(walkIn(n, EVENTS.slice(1), { has_missing_results: true }));
    expect(await write(walkIn(n, EVENTS.slice(0, 2), { has_missing_results: null }))).toEqual(['merged', 2]);
    const record = await readOrder(table, orderId(n));
    expect(record).toMatchObject({ version: 2, snapshot: { has_missing_results: true } });
    expect(new Set(record?.events.map(({ id }) => id))).toEqual(new Set(['1', '2', '3']));
    expect(await write(walkIn(n, EVENTS.slice(0, 2), { has_missing_results: null }))).toEqual([
      'superseded',
      1,
    ]);
  });

  test('in two requests if the snapshot is known and something else is new', async () => {
    const n = nextOrder();
    const heard = (low: string) =>
      walkIn(n, EVENTS, { order_transaction: transaction(n, 'active', [listed(29, low, march(4))]) });
    await write(heard('ordered'));
    const outcomes = [await write(heard('cancelled')), await write(heard('cancelled'))];
    expect(outcomes[0]?.[0]).toMatch(/^(applied|merged)$/);
    expect(outcomes[1]).toEqual(['duplicate', 1]);
    const siblings = (await readOrder(table, orderId(n)))?.siblings.filter(
      (fact) => fact.order_id === orderId(29),
    );
    expect(siblings?.map(({ status }) => status).sort()).toEqual(['cancelled', 'ordered']);
  });

  test('as a question if something was taken back: the older facts were updated later', async () => {
    const few = (updated_at: string | null) => walkIn(n, EVENTS.slice(0, 2), { updated_at });
    const many = (updated_at: string | null) => walkIn(n, EVENTS, { updated_at });
    const question = async () => (await readOrder(table, orderId(n)))?.questionAt;
    let n = nextOrder();
    await write(many(march(3)), march(3));
    await write(few(march(2)), march(4));
    await write(few(null), march(4));
    expect(await question()).toBeNull();
    expect(await write(few(march(4)), march(4, '09:00:00'))).toEqual(['merged', 2]);
    expect(await question()).toBe(march(4, '09:00:00'));
    const corrected = walkIn(n, [...EVENTS, event(4, 'corrected', march(5))], { updated_at: march(5) });
    expect(await write(corrected, march(5))).toEqual(['applied', 1]);
    expect(await question()).toBeNull();
    n = nextOrder();
    await write(few(march(4)), march(4));
    expect(await write(many(march(3)), march(5))).toEqual(['merged', 2]);
    expect(await question()).toBe(march(5));
    // Some payloads state no current updated_at. Then the newest event shows how new they are.
    n = nextOrder();
    await write(few(march(2, '20:00:00')), march(3));
    expect(await write(many(march(1)), march(3))).toEqual(['applied', 1]);
    expect(await question()).toBeNull();
  });

  test('as the same record from every order of the facts', async () => {
    const n = nextOrder();
    await write(
      walkIn(n, [...EVENTS, event(4, 'corrected', '2026-07-01T00:00:00Z')], {
        client_user_id: 'customer',
        order_transaction: transaction(n, 'active', [listed(28, 'ordered', march(1))]),
      }),
    );
    expect(await readOrder(table, orderId(n))).toMatchObject({
      id: orderId(n),
      events: EVENTS.map(({ id }) => ({ id: String(id) })),
      futureEvents: [{ id: '4', position: 3 }],
      siblings: expect.arrayContaining([
        expect.objectContaining({ order_id: orderId(28), status: 'ordered' }),
      ]),
      listings: [{ order_id: orderId(28), transaction_id: transactionId(n), as_of: expect.any(String) }],
      claims: { own: { transaction_id: transactionId(n) } },
      clientUser: { client_user_id: 'customer' },
    });
  });

  test('once, for any number of concurrent deliveries', async () => {
    const n = nextOrder();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => write(walkIn(n, EVENTS))));
    expect(outcomes.map(([outcome]) => outcome).sort()).toEqual(['applied', ...Array(7).fill('duplicate')]);
  });

  test('as the same record after concurrent writes of all its versions', async () => {
    const n = nextOrder();
    const versions = [1, 2, 3, 3, 2, 1].map((length) => write(walkIn(n, EVENTS.slice(0, length))));
    await Promise.all(versions);
    const record = await readOrder(table, orderId(n));
    expect(new Set(record?.events.map(({ id }) => id))).toEqual(new Set(['1', '2', '3']));
    expect(await write(walkIn(n, EVENTS))).toEqual(['duplicate', 1]);
  });
});

test('an order without any facts has no record', async () => {
  expect(await readOrder(table, orderId(999_999))).toBeNull();
});

describe('an appointment is written', () => {
  const visit = (n: number, order: number, days: readonly number[], fields: Json = {}) =>
    appointment(n, order, {
      events: days.map((day) => ({ created_at: march(day), status: 'scheduled' })),
      ...fields,
    });

  test('before its order, which then has it', async () => {
    const n = nextOrder();
    expect(await writeVisit(visit(1, n, [1]))).toEqual(['applied', 1]);
    expect(await readOrder(table, orderId(n))).toMatchObject({ version: 1, snapshot: null, events: [] });
    expect(await write(walkIn(n, EVENTS))).toEqual(['applied', 1]);
    expect(await readOrder(table, orderId(n))).toMatchObject({
      version: 2,
      snapshot: { origin: 'initial' },
      appointments: [{ provider: 'quest' }],
    });
  });

  test('beside others of the same order', async () => {
    const n = nextOrder();
    for (const [m, status] of [
      ['1', 'cancelled'],
      ['2', 'confirmed'],
    ] as const) {
      await writeVisit(visit(Number(m), n, [Number(m)], { status }));
    }
    const { appointments } = (await readOrder(table, orderId(n))) ?? {};
    expect(appointments?.map(({ status }) => status).sort()).toEqual(['cancelled', 'confirmed']);
  });

  test('over an older state only', async () => {
    const n = nextOrder();
    expect(await writeVisit(visit(1, n, [1, 2], { status: 'in_progress' }))).toEqual(['applied', 1]);
    expect(await writeVisit(visit(1, n, [1], { status: 'pending' }))).toEqual(['superseded', 1]);
    expect(await writeVisit(visit(1, n, [1, 2], { status: 'in_progress' }))).toEqual(['duplicate', 1]);
    expect(await writeVisit(visit(1, n, [1, 2, 3], { status: 'completed' }))).toEqual(['applied', 1]);
    expect(await readOrder(table, orderId(n))).toMatchObject({
      version: 2,
      appointments: [{ status: 'completed' }],
    });
  });

  test('in two requests if it is older but names a transaction', async () => {
    const n = nextOrder();
    await writeVisit(visit(1, n, [1, 2]));
    const naming = visit(1, n, [1], { order_transaction_id: transactionId(n) });
    expect(await writeVisit(naming)).toEqual(['merged', 2]);
    expect(await writeVisit(naming)).toEqual(['superseded', 1]);
    expect((await readOrder(table, orderId(n)))?.claims.own?.transaction_id).toBe(transactionId(n));
  });
});

describe('an order keeps', () => {
  test('whose client user id it has, also if later webhooks have another user and no such id', async () => {
    const n = nextOrder();
    const first = { user_id: 'kim', client_user_id: 'clinic-7' };
    expect(await write(walkIn(n, EVENTS.slice(0, 1), first))).toEqual(['applied', 1]);
    expect(await write(walkIn(n, EVENTS.slice(0, 2), { user_id: 'kim' }))).toEqual(['applied', 1]);
    expect(await write(walkIn(n, EVENTS, { user_id: 'lee' }))).toEqual(['merged', 2]);
    const { clientUser, snapshot } = (await readOrder(table, orderId(n))) ?? expect.fail('not there');
    expect([clientUser, snapshot?.user_id]).toEqual([first, 'lee']);
  });

  test('the transaction of a list, as one with that of its own webhooks or beside it', async () => {
    const [n, other] = [nextOrder(), nextOrder()];
    for (const id of [n, other]) {
      const claim = listedClaim(orderId(1), { transaction_id: transactionId(n), as_of: march(1) });
      expect(await writeListedClaim(table, orderId(id), claim)).toBe('applied');
    }
    const webhook = (id: number) => walkIn(id, EVENTS, { order_transaction: transaction(id, 'active', []) });
    expect([await write(webhook(n)), await write(webhook(other))]).toEqual([
      ['applied', 1],
      ['merged', 2],
    ]);
    expect(await readOrder(table, orderId(n))).toMatchObject({ claimedBy: [transactionId(n)] });
    const claimedBy = [transactionId(n), transactionId(other)];
    expect(await readOrder(table, orderId(other))).toMatchObject({ claimedBy });
    const later = listedClaim(orderId(1), { transaction_id: transactionId(other), as_of: march(2) });
    expect(await writeListedClaim(table, orderId(other), later)).toBe('applied');
    expect(await writeListedClaim(table, orderId(other), later)).toBe('duplicate');
    expect(await readOrder(table, orderId(other))).toMatchObject({ claims: { listed: later }, claimedBy });
  });

  test.each([
    ['active', march(1)],
    ['active', null],
    [null, march(1)],
    ['-', march(1)],
    ['on hold', march(1)],
  ])('a transaction that is %s and lists an order of %s', async (status, updated_at) => {
    const n = nextOrder();
    const orders = [listed(28, 'ordered', updated_at)];
    await write(walkIn(n, EVENTS, { order_transaction: { ...transaction(n, 'active', orders), status } }));
    const { snapshot } = (await readOrder(table, orderId(n))) ?? expect.fail('not there');
    const times = { [orderId(n)]: march(3), [orderId(28)]: updated_at };
    expect(snapshot?.report).toEqual({ status, orders: times });
  });

  test('the newest listing by each order, known or not, and every transaction that ever claimed it', async () => {
    const id = orderId(nextOrder());
    const claim = (n: number, second: number) =>
      listedClaim(orderId(nextOrder()), { transaction_id: transactionId(n), as_of: march(second) });
    const [first, newer] = [claim(2, 1), claim(1, 2)];
    expect(await writeListedClaim(table, id, first)).toBe('applied');
    expect(await writeListedClaim(table, id, newer)).toBe('applied');
    expect(await writeListedClaim(table, id, first)).toBe('duplicate');
    expect(await readOrder(table, id)).toMatchObject({
      version: 2,
      snapshot: null,
      claims: { own: null, listed: newer, registered: null },
      claimedBy: [transactionId(1), transactionId(2)],
      wasProvisional: false,
    });
  });
});

test('the missing markers as of the latest state of the order', async () => {
  const id = orderId(nextOrder());
  const marker = { name: 'Ferritin', slug: 'ferritin', failure_type: null, loinc: null };
  const [earlier, later] = [
    { as_of: march(1), markers: [marker] },
    { as_of: march(2), markers: [] },
  ];
  const told = async () => (await readOrder(table, id))?.reportedMarkers;
  expect(await writeReportedMarkers(table, id, earlier)).toBe('applied');
  expect(await told()).toEqual(earlier);
  expect(await writeReportedMarkers(table, id, later)).toBe('applied');
  for (const one of [later, earlier]) expect(await writeReportedMarkers(table, id, one)).toBe('duplicate');
  expect(await told()).toEqual(later);
  expect(await readOrder(table, id)).toMatchObject({ version: 2, snapshot: null });
});

/** The stored arrivals of an order's states. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Arrival, arrivalOf, type Source } from '../../../../core/domain/order/arrivals.ts';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import type { OrderEvent } from '../../../../core/domain/order/order-event.ts';
import { writeMatchReview } from '../../../../core/store/match-reviews/match-reviews.ts';
import { writeCriticalResult } from '../../../../core/store/orders/critical-results.ts';
import { isOfWebhook } from '../../../../core/store/orders/order-item.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeRegistration } from '../../../../core/store/orders/registration.ts';
import { writeAnswer } from '../../../../core/store/orders/write-answer.ts';
import { writeAppointment, writeAppointmentAnswer } from '../../../../core/store/orders/write-appointment.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import { writeOrder } from '../../../../core/store/orders/write-order.ts';
import { writeReportedMarkers } from '../../../../core/store/orders/write-reported-markers.ts';
import type { Table } from '../../../../core/store/table.ts';
import { orderKey } from '../../../../core/store/table-layout.ts';
import { at, event, orderId, snapshot } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const CLAIM = listedClaim(orderId(9), { transaction_id: 'another', as_of: at(1) });

const events = [
  event(1, 'received.walk_in_test.ordered'),
  event(2, 'received.walk_in_test.requisition_created'),
];

/** Writes order `n` from a payload with these events and this arrival. */
function write(
  n: number,
  shown: readonly OrderEvent[],
  by: Source,
  second: number,
  rank = String(shown.length),
) {
  const facts = {
    id: orderId(n),
    rank,
    snapshot: snapshot({ origin: 'initial' }),
    events: shown,
    futureEvents: [],
    siblings: [],
    listings: [],
    transactionId: null,
    clientUser: null,
    receivedAt: at(second),
  };
  return by === 'api'
    ? writeAnswer(table, { ...facts, receivedAt: at(second) })
    : writeOrder(table, facts, arrivalOf(shown, by, at(second)));
}

const arrivals = async (n: number) => {
  const record = await readOrder(table, orderId(n));
  const byTime = (a: Arrival, b: Arrival) => (a.at < b.at ? -1 : 1);
  return { version: record?.version, arrivals: [...(record?.arrivals ?? [])].sort(byTime) };
};

describe('an arrival', () => {
  test('is stored with the state; of equal ones, the first is kept', async () => {
    expect(await write(1, events.slice(0, 1), 'api', 10)).toBe('applied');
    expect(await write(1, events, 'webhook', 20)).toBe('applied');
    expect(await write(1, events, 'webhook', 30)).toBe('duplicate');
    expect(await arrivals(1)).toEqual({
      version: 2,
      arrivals: [
        { by: 'api', newest: '1', at: at(10) },
        { by: 'webhook', newest: '2', at: at(20) },
      ],
    });
  });

  test('of a webhook is stored even if the webhook adds nothing, without a new version', async () => {
    await write(2, events, 'webhook', 20);
    expect(await write(2, events.slice(0, 1), 'webhook', 40)).toBe('superseded');
    expect(await arrivals(2)).toEqual({
      version: 1,
      arrivals: [
        { by: 'webhook', newest: '2', at: at(20) },
        { by: 'webhook', newest: '1', at: at(40) },
      ],
    });
  });

  test('is stored with the additions of a late payload', async () => {
    await write(3, events.slice(1), 'webhook', 20);
    expect(await write(3, [{ ...events[0], id: '7' } as OrderEvent], 'webhook', 30)).toBe('merged');
    expect((await arrivals(3)).arrivals.map(({ newest }) => newest)).toEqual(['2', '7']);
  });

  test('is stored in seconds, and absent fields of a snapshot are not stored', async () => {
    await write(4, events, 'api', 20);
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: orderKey(orderId(4)) }),
    );
    expect(Item).toMatchObject({ '?2': Date.parse(at(20)) / 1_000 });
    expect(Item?.answer?.snapshot).toEqual({ who: expect.stringMatching(/^[0-9a-z]{4}$/) });
  });
});

test('a write that the table refuses for another reason is not a duplicate', async () => {
  const gone = { ...table, name: `${table.name}-gone` };
  const review = { id: 'r', team_id: null, status: 'open', decision_code: null, resolution_action: null };
  await expect(writeMatchReview(gone, { ...review, resolved_order_id: null }, at(1))).rejects.toThrow();
  await expect(writeListedClaim(gone, orderId(1), CLAIM)).rejects.toThrow();
  await expect(writeReportedMarkers(gone, orderId(1), { as_of: at(1), markers: [] })).rejects.toThrow();
});

test("a change of an order counts as a webhook's unless Junction was asked or the customer registered it", async () => {
  const id = orderId(20);
  const image = async () => {
    const key = { TableName: table.name, Key: orderKey(id), ConsistentRead: true };
    return (await table.client.send(new GetCommand(key))).Item ?? null;
  };
  const registration = { at: at(1), transaction_id: 'one', user_id: null, client_user_id: null };
  const appointment = {
    id: 'a',
    status: 'pending',
    event_status: null,
    start_at: null,
    end_at: null,
    iana_timezone: null,
    provider: null,
    type: null,
    can_reschedule: null,
    updated_at: null,
  };
  const visit = (rank: string) => ({
    orderId: id,
    transactionId: null,
    receivedAt: at(1),
    appointment,
    rank,
  });
  const writes: [() => Promise<unknown>, boolean][] = [
    [() => writeRegistration(table, id, registration, null), false],
    [() => write(20, events.slice(0, 1), 'webhook', 10), true],
    [() => write(20, events, 'api', 20), false],
    // The same newest event again adds no second arrival; the last line adds an arrival only.
    [() => write(20, events, 'api', 25, '7'), false],
    [() => write(20, events, 'webhook', 28), true],
    // A payload without an event has no arrival.
    [() => write(20, [], 'webhook', 29, '8'), true],
    [() => writeAppointmentAnswer(table, visit('1')), false],
    [() => writeAppointment(table, visit('2')), true],
    [() => writeCriticalResult(table, id, { status: 'final', updated_at: at(1) }, at(1)), true],
    [() => writeReportedMarkers(table, id, { as_of: at(1), markers: [] }), false],
    [() => writeListedClaim(table, id, CLAIM), false],
  ];
  for (const [index, [writing, expected]] of writes.entries()) {
    const before = await image();
    await writing();
    expect([index, isOfWebhook(before, (await image()) ?? {})]).toEqual([index, expected]);
  }
  expect((await readOrder(table, id))?.version).toBe(10);
});

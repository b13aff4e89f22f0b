/** Orders that are not redraws and stall: at every stage, to the millisecond, and confirmed with Junction. */
import { describe, expect, test } from 'vitest';
import { showTransaction } from '../../../../core/api/transactions/representation.ts';
import { later } from '../../../../core/domain/instant.ts';
import { timeInKey } from '../../../../core/store/stored-times.ts';
import { isOfKind } from '../../../../core/store/table-layout.ts';
import {
  acknowledgeStalledOrder,
  withdrawFromStalledOrder,
} from '../../../../core/use-cases/acknowledgements/acknowledge-stalled-order.ts';
import {
  appointment,
  event,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { PROGRAM } from '../../../callers.ts';
import { CLOCKS, ORDERS_OFF } from '../../../clocks.ts';
import { minutesAfter, scene } from './scene/scene.ts';
import { junctionApi, Tracker } from './scene/tracker.ts';

const DAY = 86_400_000;
const ID = transactionId(1);

type Moment = readonly [low: string, at: string];
const ORDERED: Moment = ['ordered', march(1)];
const REQUISITION: Moment = ['requisition_created', march(2)];

const initial = (moments: readonly Moment[], fields: Json = {}) =>
  walkIn(
    1,
    moments.map(([low, at], index) => event(index + 1, low, at)),
    { order_transaction: transaction(1, 'active', []), ...fields },
  );
const booked = {
  event_type: 'labtest.appointment.updated',
  data: appointment(1, 1, {
    start_at: march(4),
    events: [{ id: 1, created_at: march(3), status: 'scheduled' }],
  }),
};
const kit = (low: string, at: string) =>
  initial([ORDERED], {
    details: { type: 'testkit', data: null },
    events: [
      { id: 1, created_at: march(1), status: 'received.testkit.ordered' },
      { id: 2, created_at: at, status: `collecting_sample.testkit.${low}` },
    ],
  });

/** The due times are computed by hand, from the default clocks: 2, 30, 3, 7 and 30 days. */
const STALLS = [
  ['no requisition', [initial([ORDERED])], 'awaiting_requisition', march(3)],
  [
    'an unused requisition',
    [initial([ORDERED, REQUISITION])],
    'awaiting_appointment',
    '2026-04-01T08:00:00.000000Z',
  ],
  [
    'no sign of a draw after the appointment',
    [initial([ORDERED, REQUISITION]), booked],
    'awaiting_draw',
    march(7),
  ],
  [
    'no result after its worst case',
    [initial([ORDERED, REQUISITION], { worst_case_result_by_date: '2026-03-14' })],
    'awaiting_result',
    march(22, '07:00:00'),
  ],
  [
    'no result without a date',
    [initial([ORDERED, REQUISITION, ['partial_results', march(5)]])],
    'awaiting_result',
    '2026-04-04T08:00:00.000000Z',
  ],
  [
    'a test kit that nobody sends back',
    [kit('with_customer', march(6))],
    'awaiting_appointment',
    '2026-04-05T08:00:00.000000Z',
  ],
  [
    'a test kit lost on its way to the lab',
    [kit('problem_in_transit_lab', march(6))],
    'awaiting_result',
    '2026-04-05T08:00:00.000000Z',
  ],
] as const;

async function tracking(bodies: readonly object[], tracker = new Tracker()): Promise<Tracker> {
  for (const body of bodies) await tracker.deliver(body, march(6));
  return tracker;
}

const indexEntry = ({ memory }: Tracker) => {
  const item = [...memory.items.values()].find(({ sk }) => isOfKind('TX', sk));
  return item?.d_pk === undefined
    ? [null, null]
    : [String(item.d_pk).split('#')[0], timeInKey(String(item.d_sk))];
};

describe.each(STALLS)('%s', (_, bodies, stage, due_at) => {
  test('is flagged when it is due, once, and progress clears the flag', async () => {
    const tracker = await tracking(bodies);
    const shown = async () => {
      const stored = await tracker.transaction(ID);
      return stored && showTransaction(stored, () => true).open_order;
    };
    expect(await shown()).toMatchObject({ order_id: orderId(1), stage, due_at, stalled_since: null });
    expect((await tracker.sweep(later(due_at, -1))).orders.flagged).toBe(0);
    expect(await tracker.sweep(due_at)).toMatchObject({ due: 0, flagged: 0, orders: { due: 1, flagged: 1 } });
    expect(await shown()).toMatchObject({ stalled_since: due_at, unchecked_reason: 'no_key' });
    expect((await tracker.sweep(later(due_at, 1))).orders).toMatchObject({ due: 0, flagged: 0 });
    expect(tracker.told('Order Stalled')).toEqual([ID]);
    expect(tracker.told('Redraw Stale')).toEqual([]);
    await tracker.deliver(initial([ORDERED, ['completed', due_at]]), later(due_at, DAY));
    expect(await shown()).toBeNull();
    expect(tracker.told('Stalled Order Progressed')).toEqual([ID]);
    expect(indexEntry(tracker)).toEqual([null, null]);
  });

  test('is never flagged if its clock is off', async () => {
    const tracker = await tracking(bodies, new Tracker({ clocks: { ...CLOCKS, orders: ORDERS_OFF } }));
    expect((await tracker.transaction(ID))?.open_order).toMatchObject({ stage, due_at: null });
    expect(indexEntry(tracker)).toEqual([null, null]);
    expect((await tracker.sweep('2027-01-01T00:00:00Z')).orders).toMatchObject({ due: 0, flagged: 0 });
  });
});

test('an order that progresses does not move its index entry: the next sweep moves it', async () => {
  const tracker = await tracking([initial([ORDERED])]);
  const planned = indexEntry(tracker);
  expect(planned).toEqual(['ORDER_DUE', march(3)]);
  await tracker.deliver(initial([ORDERED, REQUISITION]), march(2));
  expect(indexEntry(tracker)).toEqual(planned);
  const before = (await tracker.transaction(ID))?.revision ?? 0;
  expect((await tracker.sweep(march(3))).orders).toEqual({ due: 0, flagged: 0, healed: 0, skipped: 0 });
  expect(indexEntry(tracker)).toEqual(['ORDER_DUE', '2026-04-01T08:00:00.000000Z']);
  expect((await tracker.transaction(ID))?.revision).toBe(before + 1);
});

describe('with a key', () => {
  test('an order that has progressed at Junction is not flagged', async () => {
    const {
      sandbox,
      tracker,
      transactionId: id,
    } = await scene('walk_in_completed', {
      arrives: (one, { snapshots }) => one === snapshots[0],
    });
    const dueAt = (await tracker.transaction(id))?.open_order?.due_at ?? '';
    sandbox.junction.setClock(new Date(dueAt));
    const swept = await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
    expect(swept.orders).toMatchObject({ due: 1, flagged: 0, healed: 1 });
    expect((await tracker.transaction(id))?.marks.stale_since).toBeNull();
  });

  test('a booking at home whose webhooks were lost is found', async () => {
    const {
      sandbox,
      tracker,
      transactionId: id,
    } = await scene('at_home_completed', {
      arrives: (one, { snapshots }) => snapshots.indexOf(one) < 2,
    });
    const dueAt = (await tracker.transaction(id))?.open_order?.due_at ?? '';
    sandbox.junction.setClock(new Date(dueAt));
    await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
    expect(sandbox.log.count('GET /v3/order/{order_id}/phlebotomy/appointment')).toBe(1);
  });

  test('a stalled order is confirmed, and asked about once a week', async () => {
    const { sandbox, tracker, transactionId: id } = await scene('walk_in_waiting');
    const dueAt = (await tracker.transaction(id))?.open_order?.due_at ?? '';
    const api = junctionApi(sandbox);
    expect((await tracker.sweep(dueAt, { api })).orders).toMatchObject({ flagged: 1 });
    const stored = await tracker.transaction(id);
    expect(stored && showTransaction(stored, () => true).open_order?.unchecked).toBe(false);
    expect(await tracker.sweep(later(dueAt, 6 * DAY), { api })).toMatchObject({ due: 0 });
    expect(await tracker.sweep(later(dueAt, 7 * DAY), { api })).toMatchObject({ due: 1, healed: 0 });
  });

  test('an order that Junction says nothing about is flagged after a day', async () => {
    const { sandbox, tracker, transactionId: id } = await scene('walk_in_waiting');
    const dueAt = (await tracker.transaction(id))?.open_order?.due_at ?? '';
    const api = junctionApi(sandbox);
    sandbox.faults.add({ fault: 'unavailable' });
    expect((await tracker.sweep(dueAt, { api })).orders).toMatchObject({ flagged: 0, skipped: 1 });
    expect((await tracker.sweep(later(dueAt, DAY), { api })).orders).toMatchObject({ flagged: 1 });
    expect(tracker.events.at(-1)).toMatchObject({ detail: { unchecked_reason: 'no_answer' } });
  });
});

test('only a stalled order can be acknowledged, and progress clears that', async () => {
  const tracker = await tracking([initial([ORDERED])]);
  const order = { orderId: orderId(1), transactionId: ID };
  const request = { by: 'nurse', caller: PROGRAM, note: null };
  const now = new Date(march(4));
  const acknowledging = () => acknowledgeStalledOrder(tracker.projection, order, request, now);
  await expect(acknowledging()).rejects.toThrow('not stalled');
  await tracker.sweep(march(3));
  const strange = { ...order, orderId: orderId(2) };
  await expect(acknowledgeStalledOrder(tracker.projection, strange, request, now)).rejects.toThrow(
    'not stalled',
  );
  expect((await acknowledging()).marks.acknowledgement).toMatchObject({ by: 'nurse' });
  await acknowledging();
  const withdrawal = { by: 'nurse', caller: PROGRAM, acknowledgedAt: null };
  await withdrawFromStalledOrder(tracker.projection, order, withdrawal, now);
  await acknowledging();
  const events = tracker.events.map(({ type }) => type).filter((type) => type.startsWith('Stalled Order'));
  const acknowledged = 'Stalled Order Acknowledged';
  expect(events).toEqual([acknowledged, 'Stalled Order Acknowledgement Withdrawn', acknowledged]);
  await tracker.deliver(initial([ORDERED, REQUISITION]), minutesAfter(march(4), 1));
  expect((await tracker.transaction(ID))?.marks).toMatchObject({ stale_since: null, acknowledgement: null });
});

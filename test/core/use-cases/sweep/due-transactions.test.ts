/** What the sweep flags and recovers with the sandbox's API, over HTTP. */
import { describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import type { Script } from '../../../../tools/sandbox/journeys/catalogue.ts';
import { dueScene, minutesAfter, sandboxOf, scene, stallOf, untilItMovedOn } from './scene/scene.ts';
import { junctionApi } from './scene/tracker.ts';

const MINUTE = 60_000;

/** Journeys with a stall, and the status that ends it. */
const MOVING: readonly (readonly [Script, movedTo: string | null])[] = [
  ['redraw_ordered_late', 'awaiting_requisition'],
  ['redraw_requisition_late', 'awaiting_appointment'],
  ['redraw_booked_late', 'awaiting_appointment'],
  ['redraw_drawn_late', 'awaiting_result'],
  ['redraw_rebooked_late', 'awaiting_draw'],
  ['redraw_result_late', null],
];

const STALLED: readonly Script[] = [
  'redraw_never_ordered',
  'redraw_stalled_without_requisition',
  'redraw_stalled_without_appointment',
  'redraw_stalled_after_appointment',
  'redraw_stalled_after_draw',
  'redraw_stalled_after_partial_results',
];

describe.each(STALLED)('%s', (script) => {
  test('is flagged once, when it is due, after Junction was asked', async () => {
    const { sandbox, tracker, transactionId, told, dueAt } = await dueScene(script);
    const api = junctionApi(sandbox);
    expect(await tracker.sweep(later(dueAt, -1), { api })).toMatchObject({ flagged: 0, skipped: 0 });
    sandbox.log.clear();
    expect(await tracker.sweep(dueAt, { api })).toMatchObject({ flagged: 1, healed: 0, skipped: 0 });
    expect(sandbox.log.entries(transactionId)).not.toEqual([]);
    for (const hours of [1, 24, 240]) {
      const again = await tracker.sweep(later(dueAt, hours * 60 * MINUTE), { api });
      expect(again).toMatchObject({ flagged: 0, healed: 0, skipped: 0 });
    }
    expect(tracker.told('Redraw Stale')).toEqual([transactionId]);
    expect(await tracker.transaction(transactionId)).toMatchObject({
      redraw: { stage: stallOf(told.stall).stage },
      marks: { stale_since: dueAt },
    });
  });
});

describe.each(MOVING)('%s, whose progress no webhook reported', (script, movedTo) => {
  const seeds = [1, 2, 3];

  test.each(seeds)('is recovered and not flagged (seed %i)', async (seed) => {
    const { sandbox, tracker, transactionId, told } = await scene(script, { seed, arrives: untilItMovedOn });
    const until = stallOf(told.stall).until ?? '';
    const now = minutesAfter(until, 1);
    sandbox.junction.setClock(new Date(now));
    // Without the stream: Junction's answer is joined before anything is decided.
    const report = await tracker.sweepOnly(now, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 0, healed: 1, skipped: 0 });
    const found = await tracker.transaction(transactionId);
    expect(found?.redraw).toMatchObject({ stage: movedTo });
    expect(found?.marks).toMatchObject({ stale_since: null });
    await tracker.project();
    expect(tracker.told('Redraw Stale')).toEqual([]);
    expect((await tracker.transaction(transactionId))?.redraw).toEqual(found?.redraw);
  });

  test.each(seeds)(
    'is flagged without a key, because only the stored facts are known (seed %i)',
    async (seed) => {
      const { tracker, transactionId, told } = await scene(script, { seed, arrives: untilItMovedOn });
      const now = minutesAfter(stallOf(told.stall).until ?? '', 1);
      expect(await tracker.sweep(now)).toMatchObject({ due: 1, flagged: 1, healed: 0, skipped: 0 });
      expect(await tracker.sweep(minutesAfter(now, 15))).toMatchObject({ due: 0, flagged: 0 });
      expect(tracker.told('Redraw Stale')).toEqual([transactionId]);
    },
  );

  test('is not flagged if the stream only lags behind', async () => {
    const { tracker, told } = await scene(script, { arrives: untilItMovedOn });
    const until = stallOf(told.stall).until ?? '';
    const moving = told.snapshots.filter(({ at }) => Date.parse(at) <= Date.parse(minutesAfter(until, 30)));
    for (const { payload, at } of moving) await tracker.receive(payload, at);
    const now = minutesAfter(until, 30);
    const sandbox = await sandboxOf([told]);
    sandbox.junction.setClock(new Date(now));
    expect(await tracker.sweep(now, { api: junctionApi(sandbox) })).toMatchObject({ flagged: 0, healed: 0 });
    expect(tracker.told('Redraw Stale')).toEqual([]);
  });
});

test('a redraw order without any webhook is found through the API, with everything known about it', async () => {
  const { sandbox, tracker, transactionId, told } = await scene('redraw_never_announced', {
    arrives: ({ payload }) => !JSON.stringify(payload).includes('"origin":"redraw"'),
  });
  const available = told.snapshots.at(-1);
  const alone = JSON.parse(JSON.stringify(available?.payload));
  alone.data.order_transaction.orders.splice(1);
  await tracker.deliver(alone, available?.at ?? '');
  expect((await tracker.transaction(transactionId))?.redraw).toMatchObject({
    state: 'expected',
    order_id: null,
    stage: 'awaiting_order',
  });
  const now = minutesAfter(available?.at ?? '', 600);
  sandbox.junction.setClock(new Date(now));
  expect(await tracker.sweep(now, { api: junctionApi(sandbox) })).toMatchObject({ healed: 1, flagged: 0 });
  const found = await tracker.transaction(transactionId);
  expect(found?.redraw).toMatchObject({ state: 'in_progress', stage: 'awaiting_appointment' });
  expect(Object.keys(found?.contributions ?? {})).toContain(found?.redraw?.order_id);
  expect(tracker.told('Redraw Order Linked')).toEqual([transactionId]);
});

test('a transaction that no payload names is asked about order by order, and adopted', async () => {
  const { sandbox, tracker, transactionId, told } = await scene('redraw_stalled_without_requisition', {
    spelling: { transaction: 'missing' },
    arrives: (_, { snapshots }) => snapshots.length > 0,
  });
  const orders = [...new Set(told.known.map(({ facts }) => facts.orderId))];
  expect(
    tracker
      .transactions()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(orders.toSorted());
  const now = minutesAfter(told.snapshots.at(-1)?.at ?? '', 1_500);
  sandbox.junction.setClock(new Date(now));
  const api = junctionApi(sandbox);
  await tracker.sweep(now, { api });
  await tracker.sweep(minutesAfter(now, 15), { api });
  expect(tracker.transactions().map(({ id }) => id)).toEqual([transactionId]);
  expect(tracker.transactions()[0]?.marks.stale_since).not.toBeNull();
});

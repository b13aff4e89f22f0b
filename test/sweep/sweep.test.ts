/** The sweep against the sandbox's API, over HTTP and through the official client. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { later } from '../../functions/domain/instant.ts';
import { showTransaction } from '../../functions/query/representations.ts';
import type { Script } from '../../sandbox/catalogue.ts';
import type { FaultRule } from '../../sandbox/faults.ts';
import { journeys } from '../../sandbox/journeys.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { minutesAfter, sandboxOf, scene, stallOf, untilItMovedOn } from './scene.ts';
import { junctionApi, Tracker } from './tracker.ts';

const MINUTE = 60_000;

/** Stalls for a time at each stage, and moves on to which. */
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
    const { sandbox, tracker, transactionId, told } = await scene(script);
    const dueAt = (await tracker.transaction(transactionId))?.redraw?.due_at ?? '';
    sandbox.junction.setClock(new Date(dueAt));
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

describe.each(MOVING)('%s, and nobody told us that it moved on', (script, movedTo) => {
  const seeds = [1, 2, 3];

  test.each(seeds)('is healed and not flagged (seed %i)', async (seed) => {
    const { sandbox, tracker, transactionId, told } = await scene(script, { seed, arrives: untilItMovedOn });
    const until = stallOf(told.stall).until ?? '';
    const now = minutesAfter(until, 1);
    sandbox.junction.setClock(new Date(now));
    // Without the stream's help: what Junction says counts before anything is decided.
    const report = await tracker.sweepOnly(now, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 0, healed: 1, skipped: 0 });
    const found = await tracker.transaction(transactionId);
    expect(found?.redraw).toMatchObject({ stage: movedTo });
    expect(found?.marks).toMatchObject({ stale_since: null });
    await tracker.project();
    expect(tracker.told('Redraw Stale')).toEqual([]);
    expect((await tracker.transaction(transactionId))?.redraw).toEqual(found?.redraw);
  });

  test.each(seeds)('is flagged by what is known, without a key (seed %i)', async (seed) => {
    const { tracker, transactionId, told } = await scene(script, { seed, arrives: untilItMovedOn });
    const now = minutesAfter(stallOf(told.stall).until ?? '', 1);
    expect(await tracker.sweep(now)).toMatchObject({ due: 1, flagged: 1, healed: 0, skipped: 0 });
    expect(await tracker.sweep(minutesAfter(now, 15))).toMatchObject({ due: 0, flagged: 0 });
    expect(tracker.told('Redraw Stale')).toEqual([transactionId]);
  });

  test('was known all the time to the stream, which had not come that far', async () => {
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

test('a redraw order that never arrived is found through the API, with all that is known of it', async () => {
  const { sandbox, tracker, transactionId, told } = await scene('redraw_never_announced', {
    arrives: ({ payload }) => !JSON.stringify(payload).includes('"origin":"redraw"'),
  });
  const available = told.snapshots.at(-1);
  const alone = JSON.parse(JSON.stringify(available?.payload));
  alone.data.order_transaction.orders.splice(1);
  await tracker.deliver(alone, available?.at ?? '');
  expect((await tracker.transaction(transactionId))?.redraw).toMatchObject({
    ...{ state: 'expected', order_id: null, stage: 'awaiting_order' },
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

describe('Junction fails', () => {
  const now = async (tracker: Tracker, id: string) => (await tracker.transaction(id))?.redraw?.due_at ?? '';
  const everything: readonly FaultRule[] = [
    { fault: 'too_many_requests', retryAfter: 1 },
    { fault: 'unavailable' },
    { fault: 'malformed_json' },
    { fault: 'wrong_shape' },
    { fault: 'html_page' },
    { fault: 'html_ok' },
    { fault: 'empty_body' },
    { fault: 'reset' },
  ];
  const routes = ['/v3/order_transaction/*', '/v3/order/*', '/v3/order_transaction/*/result'] as const;

  test.each(everything.flatMap((rule) => [rule, ...routes.map((route) => ({ ...rule, route }))]))(
    '$fault $route: nothing is flagged, nothing is lost, and the next sweep flags',
    async (rule) => {
      const { sandbox, tracker, transactionId } = await scene('redraw_stalled_without_requisition');
      const dueAt = await now(tracker, transactionId);
      sandbox.junction.setClock(new Date(dueAt));
      const api = junctionApi(sandbox);
      const before = await tracker.transaction(transactionId);
      const { id } = sandbox.faults.add(rule);
      const report = await tracker.sweep(dueAt, { api });
      expect(report).toMatchObject({ flagged: 0, healed: 0 });
      expect(report.skipped).toBeGreaterThan(0);
      expect(report.reasons.join()).not.toContain(transactionId);
      expect(await tracker.transaction(transactionId)).toMatchObject({
        redraw: { ...before?.redraw },
        marks: { stale_since: null },
        checked_at: null,
      });
      sandbox.faults.clear(id);
      const healthy = await tracker.sweep(minutesAfter(dueAt, 15), { api });
      expect(healthy).toMatchObject({ flagged: 1, healed: 0, skipped: 0 });
    },
  );

  test.each(['too_many_requests', 'unavailable', 'html_page', 'reset'] as const)(
    '%s passes: the same sweep tries again',
    async (fault) => {
      const { sandbox, tracker, transactionId } = await scene('redraw_stalled_without_requisition');
      const dueAt = await now(tracker, transactionId);
      sandbox.junction.setClock(new Date(dueAt));
      sandbox.faults.add({ fault, times: 3 });
      const report = await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
      expect(report).toMatchObject({ flagged: 1, skipped: 0 });
    },
  );

  test('slow: no longer waited for than there is time', async () => {
    const { sandbox, tracker, transactionId } = await scene('redraw_stalled_without_requisition');
    const dueAt = await now(tracker, transactionId);
    sandbox.junction.setClock(new Date(dueAt));
    const { id } = sandbox.faults.add({ fault: 'slow', delayMs: 60_000 });
    let asked = 0;
    // Time that is over after the first request: the second would not be waited for at all.
    const timeLeft = () => {
      asked += 1;
      return asked < 2 ? 20 : 0;
    };
    const report = await tracker.sweep(dueAt, { api: junctionApi(sandbox, { timeLeft }) });
    expect(report).toMatchObject({ flagged: 0 });
    expect(report.skipped).toBeGreaterThan(0);
    sandbox.faults.clear(id);
    expect(await tracker.sweep(dueAt, { api: junctionApi(sandbox) })).toMatchObject({
      flagged: 1,
      skipped: 0,
    });
  });

  test('a key that is not good: nothing is flagged, and nothing is asked twice', async () => {
    const { sandbox, tracker, transactionId } = await scene('redraw_stalled_without_requisition');
    const dueAt = await now(tracker, transactionId);
    let attempts = 0;
    const timeLeft = () => {
      attempts += 1;
      return 60_000;
    };
    const api = junctionApi(sandbox, { apiKey: 'of nobody', timeLeft });
    expect(await tracker.sweep(dueAt, { api })).toMatchObject({ flagged: 0, healed: 0 });
    // Once for the redraw, once for the markers of the initial order.
    expect(attempts).toBe(2);
    expect(await tracker.sweep(dueAt)).toMatchObject({ flagged: 1 });
  });

  test('down: after a few transactions it is left alone', async () => {
    const many = journeys(3, 40, { scripts: ['redraw_never_ordered'], spelling: 'documented' });
    const sandbox = await sandboxOf(many);
    const tracker = new Tracker();
    for (const { snapshots } of many) {
      for (const { payload, at } of snapshots) await tracker.deliver(payload, at);
    }
    sandbox.junction.setClock(new Date('2025-12-01T00:00:00Z'));
    const { id } = sandbox.faults.add({ fault: 'unavailable' });
    const api = junctionApi(sandbox);
    const report = await tracker.sweep('2025-12-01T00:00:00Z', { api });
    expect(report).toMatchObject({ flagged: 0, healed: 0, skipped: 80 });
    // Eight in a row, and those asked about beside them, four times each.
    expect(sandbox.log.count()).toBeLessThanOrEqual((8 + 3) * 4);
    sandbox.faults.clear(id);
    expect(await tracker.sweep('2025-12-01T00:15:00Z', { api })).toMatchObject({ flagged: 40, skipped: 0 });
  });

  test('of no use for some: the others are flagged all the same', async () => {
    const many = journeys(4, 40, { scripts: ['redraw_never_ordered'], spelling: 'documented' });
    const sandbox = await sandboxOf(many);
    const tracker = new Tracker();
    for (const { snapshots } of many) {
      for (const { payload, at } of snapshots) await tracker.deliver(payload, at);
    }
    sandbox.junction.setClock(new Date('2025-12-01T00:00:00Z'));
    for (const { known } of many.slice(0, 20)) {
      const about = known[0]?.facts.transactionId ?? '';
      sandbox.faults.add({ fault: 'wrong_shape', about, route: '/v3/order_transaction/*' });
    }
    const report = await tracker.sweep('2025-12-01T00:00:00Z', { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 20 });
  });
});

describe('a redraw of which Junction gives no answer of use', () => {
  const DAY = 1_440 * MINUTE;
  const silent = async (rule: FaultRule) => {
    const { sandbox, tracker, transactionId } = await scene('redraw_stalled_without_requisition');
    const dueAt = (await tracker.transaction(transactionId))?.redraw?.due_at ?? '';
    // However long it has been due: patience begins with the first sweep that asks in vain.
    const first = later(dueAt, 40 * DAY);
    sandbox.junction.setClock(new Date(first));
    const { id } = sandbox.faults.add(rule);
    const shown = async () => {
      const stored = await tracker.transaction(transactionId);
      return stored && showTransaction(stored).redraw;
    };
    const sweep = (at: string) => tracker.sweep(at, { api: junctionApi(sandbox) });
    return { sandbox, tracker, transactionId, first, sweep, shown, heal: () => sandbox.faults.clear(id) };
  };

  test.each(['unavailable', 'wrong_shape'] as const)(
    '(%s) is flagged after a day, unchecked',
    async (fault) => {
      const { tracker, first, sweep, shown, heal } = await silent({ fault });
      expect(await sweep(first)).toMatchObject({ flagged: 0 });
      const { length } = tracker.events;
      expect(await sweep(later(first, DAY - 1))).toMatchObject({ flagged: 0 });
      expect(await shown()).toMatchObject({ state: 'in_progress', stale_since: null, unchecked: false });
      expect(tracker.events.length).toBe(length);
      const flaggedAt = later(first, DAY);
      expect((await sweep(flaggedAt)).flagged).toBe(1);
      expect(await shown()).toMatchObject({ state: 'stale', stale_since: flaggedAt, unchecked: true });
      const stale = tracker.events.filter(({ type }) => type === 'Redraw Stale');
      expect(stale).toMatchObject([{ detail: { stale_since: flaggedAt, unchecked: true } }]);
      // It is asked about by every sweep, until there is an answer.
      expect(await sweep(later(flaggedAt, 15 * MINUTE))).toMatchObject({ flagged: 0, skipped: 1 });
      heal();
      await sweep(later(flaggedAt, 30 * MINUTE));
      expect(await shown()).toMatchObject({ state: 'stale', stale_since: flaggedAt, unchecked: false });
      expect(tracker.told('Redraw Stale')).toHaveLength(1);
    },
  );

  test('is not flagged where it answers in time, and its patience begins anew', async () => {
    const { sandbox, tracker, transactionId, first, sweep, heal } = await silent({ fault: 'unavailable' });
    await sweep(first);
    heal();
    const moved = sandbox.junction.order((await tracker.transaction(transactionId))?.redraw?.order_id ?? '');
    expect(sandbox.junction.cancel(moved?.id ?? '')).toBe('cancelled');
    expect(await sweep(later(first, DAY))).toMatchObject({ flagged: 0, healed: 1, skipped: 0 });
    expect((await tracker.transaction(transactionId))?.marks.unanswered_since).toBeUndefined();
  });
});

describe('an address at which not our Junction answers', () => {
  const scenes = async () => {
    const { sandbox, tracker, transactionId, told } = await scene('redraw_stalled_without_requisition');
    const dueAt = (await tracker.transaction(transactionId))?.redraw?.due_at ?? '';
    sandbox.junction.setClock(new Date(dueAt));
    return { sandbox, tracker, transactionId, dueAt, told };
  };
  const nothing404: [string, unknown][] = [
    ['a page', Buffer.from('<html><title>404 Not Found</title></html>')],
    ['nothing', Buffer.from('')],
    ['another API’s words', { message: 'Not Found' }],
    ['Junction’s words', { detail: 'Not Found' }],
  ];

  test.each(nothing404)(
    'and says 404 with %s: nothing is flagged, and the sweep reports it',
    async (_, body) => {
      const { tracker, dueAt, told } = await scenes();
      const elsewhere = await startSandbox({ journeys: [told], fault: () => ({ status: 404, body }) });
      onTestFinished(() => elsewhere.close());
      const report = await tracker.sweep(dueAt, { api: junctionApi(elsewhere) });
      expect(report).toMatchObject({ flagged: 0, healed: 0 });
      expect(report.skipped).toBeGreaterThan(0);
    },
  );

  test('but another team’s: nothing is flagged', async () => {
    const { tracker, dueAt } = await scenes();
    const others = await sandboxOf(journeys(77, 5, { spelling: 'documented' }));
    const report = await tracker.sweep(dueAt, { api: junctionApi(others) });
    expect(report).toMatchObject({ flagged: 0 });
    expect(report.reasons).toContain("Junction's API knows nothing of it");
  });

  test('but ours, which has forgotten this one: it is flagged', async () => {
    const { sandbox, tracker, transactionId, dueAt, told } = await scenes();
    const kept = journeys(78, 3, { spelling: 'documented', scripts: ['walk_in_completed'] });
    const ours = await startSandbox({
      journeys: kept,
      fault: ({ path }) =>
        path.includes(transactionId) || told.known.some(({ facts }) => path.includes(facts.orderId))
          ? { status: 404, body: { detail: 'Order not found' } }
          : null,
    });
    onTestFinished(() => ours.close());
    await sandbox.close();
    for (const { snapshots } of kept) {
      for (const { payload, at } of snapshots) await tracker.deliver(payload, at);
    }
    expect(await tracker.sweep(dueAt, { api: junctionApi(ours) })).toMatchObject({ flagged: 1 });
  });
});

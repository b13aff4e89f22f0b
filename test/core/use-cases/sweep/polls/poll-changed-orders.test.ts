/** Polling everything that Junction has changed: over HTTP from the sandbox. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { later } from '../../../../../core/domain/instant.ts';
import type { JunctionClient } from '../../../../../core/junction/client.ts';
import { readUpdatesMark } from '../../../../../core/store/poll-marks/updates-mark.ts';
import { isYoung } from '../../../../../core/use-cases/sweep/join-listed-orders.ts';
import { type Journey, journey, journeys } from '../../../../../tools/sandbox/journeys/journeys.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../../../tools/sandbox/server.ts';
import { orderId } from '../../../../../tools/verification/oracle/bodies.ts';
import { minutesAfter, sandboxOf, scene } from '../scene/scene.ts';
import { instant, junctionApi, Tracker } from '../scene/tracker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIST = 'GET /v3/orders';

const markOf = (tracker: Tracker) => readUpdatesMark(tracker.memory);

/** Journeys that end at about the same time, without any webhook, and the API that knows them. */
async function unheard(count: number, options: Omit<SandboxOptions, 'journeys'> = {}) {
  const endAt = new Date('2026-03-01T08:00:00Z');
  const told = journeys(5, count, { spelling: 'documented', endAt });
  const sandbox = await startSandbox({ ...options, journeys: told });
  onTestFinished(() => sandbox.close());
  const now = instant('2026-03-01T09:00:00Z');
  sandbox.junction.setClock(new Date(now));
  return { told, sandbox, now, tracker: new Tracker() };
}

/** The state of the orders at Junction and here. */
function standing(told: readonly Journey[], sandbox: Sandbox, tracker: Tracker) {
  const held = new Map(
    tracker.transactions().flatMap(({ orders }) => orders.map((one) => [one.id, one.low_level_status])),
  );
  const ids = new Set(told.flatMap(({ known }) => known.map(({ facts }) => facts.orderId)));
  const truth = [...ids].flatMap((id) => {
    const order = sandbox.junction.order(id);
    const low = order?.events.at(-1)?.status.split('.').at(-1);
    return order ? [[id, low === 'testkit_registered' ? 'registered' : low] as const] : [];
  });
  return { truth: new Map(truth), held: new Map(truth.map(([id]) => [id, held.get(id)])) };
}

describe('what lost webhooks reported is recovered', () => {
  test('the correction of a completed order', async () => {
    const { sandbox, tracker, transactionId, told } = await scene('walk_in_corrected', {
      arrives: (one, { snapshots }) => one !== snapshots.at(-1),
    });
    const api = junctionApi(sandbox);
    const corrected = told.snapshots.at(-1)?.at ?? '';
    sandbox.junction.setClock(new Date(minutesAfter(corrected, -10)));
    await tracker.pollChangedOrders(minutesAfter(corrected, -10), { api });
    const now = minutesAfter(corrected, 50);
    sandbox.junction.setClock(new Date(now));
    expect(await tracker.sweep(now, { api })).toMatchObject({ due: 0, healed: 0 });
    const low = async () => (await tracker.transaction(transactionId))?.orders[0]?.low_level_status;
    expect(await low()).toBe('completed');
    expect(await tracker.pollChangedOrders(now, { api })).toMatchObject({ healed: 1, skipped: 0 });
    expect(await low()).toBe('corrected');
  });

  test('all webhooks of an order, from the first to the last', async () => {
    const { told, sandbox, now, tracker } = await unheard(30);
    const report = await tracker.pollChangedOrders(now, { api: junctionApi(sandbox) });
    const { truth, held } = standing(told, sandbox, tracker);
    expect(report).toMatchObject({ listed: truth.size, healed: truth.size, skipped: 0, behind: 0 });
    expect(held).toEqual(truth);
    // List entries are complete: no order has to be requested.
    expect(sandbox.log.counts()).toEqual({ [LIST]: 1 });
  });
});

describe('a pass', () => {
  test('ends with a page that brings no new id, whatever the list says of more', async () => {
    let asked = 0;
    const same = { orders: [{ id: orderId(1), facts: null }], last: false };
    const api = {
      ordersChangedSince: async () => {
        asked += 1;
        return same;
      },
      order: async () => null,
    } as unknown as JunctionClient;
    const tracker = new Tracker();
    const now = instant('2026-03-01T09:00:00Z');
    expect(await tracker.pollChangedOrders(now, { api })).toMatchObject({ listed: 2, behind: 0 });
    expect(asked).toBe(2);
    expect(await markOf(tracker)).toMatchObject({ through: now, pass: null });
  });

  test('begins once an hour, and writes nothing that is known', async () => {
    const { sandbox, now, tracker } = await unheard(10);
    const api = junctionApi(sandbox);
    await tracker.pollChangedOrders(now, { api });
    expect(await markOf(tracker)).toMatchObject({ through: now, pass: null });
    sandbox.log.clear();
    expect(await tracker.pollChangedOrders(later(now, HOUR - 1), { api })).toMatchObject({ listed: 0 });
    expect(sandbox.log.count()).toBe(0);
    const before = tracker.events.length;
    let written = 0;
    tracker.onOrder = () => {
      written += 1;
    };
    const again = await tracker.pollChangedOrders(later(now, HOUR), { api });
    expect(again).toMatchObject({ healed: 0, skipped: 0 });
    expect(again.listed).toBeGreaterThan(0);
    expect([written, tracker.events.length]).toEqual([0, before]);
  });

  test('begins at once after a delivery that was given up, and only once for many of them', async () => {
    const { sandbox, now, tracker } = await unheard(10);
    const api = junctionApi(sandbox);
    await tracker.pollChangedOrders(now, { api });
    const soon = later(now, 5 * MINUTE);
    for (const msgId of ['msg_1', 'msg_2']) {
      expect(await tracker.deliver({ type: 'message.attempt.exhausted', data: { msgId } }, soon)).toBe(
        'applied',
      );
    }
    expect((await tracker.pollChangedOrders(soon, { api })).listed).toBeGreaterThan(0);
    expect(await markOf(tracker)).toMatchObject({ through: soon, pass: null, requested_at: null });
    expect(await tracker.pollChangedOrders(later(soon, MINUTE), { api })).toMatchObject({ listed: 0 });
  });

  test('that is requested while one is running follows it', async () => {
    const { sandbox, now, tracker } = await unheard(150);
    const api = junctionApi(sandbox);
    let pages = 0;
    const hasTime = () => {
      pages += 1;
      return pages === 1;
    };
    await tracker.pollChangedOrders(now, { api, hasTime });
    await tracker.deliver({ type: 'endpoint.disabled', data: {} }, now);
    await tracker.pollChangedOrders(later(now, MINUTE), { api });
    expect(await markOf(tracker)).toMatchObject({ through: now, pass: null, requested_at: now });
    expect((await tracker.pollChangedOrders(later(now, 2 * MINUTE), { api })).listed).toBeGreaterThan(100);
    expect(await markOf(tracker)).toMatchObject({ through: later(now, 2 * MINUTE), requested_at: null });
  });

  test('leaves recent changes to their webhooks, and finds them the next time', async () => {
    const told = journey('walk_in_waiting', 3, { spelling: 'documented' });
    const sandbox = await sandboxOf([told]);
    const tracker = new Tracker();
    const api = junctionApi(sandbox);
    const now = instant(minutesAfter(told.known.at(-1)?.at ?? '', 4));
    sandbox.junction.setClock(new Date(now));
    expect(await tracker.pollChangedOrders(now, { api })).toMatchObject({ listed: 1, healed: 0 });
    sandbox.junction.setClock(new Date(later(now, HOUR)));
    expect(await tracker.pollChangedOrders(later(now, HOUR), { api })).toMatchObject({ healed: 1 });
  });

  test('takes a change that is dated far ahead for an old one, so that it is not left for ever', () => {
    const now = instant('2026-03-01T09:00:00Z');
    const young = [-6, -4, 59, 61].map((minutes) => isYoung(later(now, minutes * MINUTE), now));
    expect(young).toEqual([false, true, true, false]);
    expect(isYoung(null, now)).toBe(false);
  });

  test('of many pages continues where its time ran out, and misses no change in the meantime', async () => {
    const { told, sandbox, now, tracker } = await unheard(150);
    const api = junctionApi(sandbox);
    let pages = 0;
    const hasTime = () => {
      pages += 1;
      return pages === 1;
    };
    const first = await tracker.pollChangedOrders(now, { api, hasTime });
    expect(first).toMatchObject({ listed: 100, behind: 0 });
    expect(await markOf(tracker)).toMatchObject({ through: null, pass: { started_at: now, page: 2 } });
    const active = told.find(({ name }) => name.includes('waiting'));
    const changed = active?.known[0]?.facts.orderId ?? '';
    expect(sandbox.junction.cancel(changed)).toBe('cancelled');
    const next = later(now, 15 * MINUTE);
    sandbox.junction.setClock(new Date(next));
    await tracker.pollChangedOrders(next, { api });
    expect(await markOf(tracker)).toMatchObject({ through: now, pass: null });
    sandbox.junction.setClock(new Date(later(now, HOUR)));
    await tracker.pollChangedOrders(later(now, HOUR), { api });
    const { truth, held } = standing(told, sandbox, tracker);
    expect(truth.get(changed)).toBe('cancelled');
    expect(held).toEqual(truth);
  });

  test('is made once if two sweeps start it at the same time', async () => {
    const { told, sandbox, now, tracker } = await unheard(20);
    const api = junctionApi(sandbox);
    const both = [1, 2].map(() => tracker.pollChangedOrders(now, { api }));
    for (const report of await Promise.all(both)) expect(report).toMatchObject({ skipped: 0 });
    expect(await markOf(tracker)).toEqual({ revision: 1, through: now, pass: null, requested_at: null });
    const { truth, held } = standing(told, sandbox, tracker);
    expect(held).toEqual(truth);
  });

  test('with a time in the future does not stop later ones', async () => {
    const { sandbox, now, tracker } = await unheard(3);
    const api = junctionApi(sandbox);
    await tracker.pollChangedOrders(later(now, 1_000 * HOUR), { api });
    expect(await tracker.pollChangedOrders(now, { api })).toMatchObject({ skipped: 0 });
    expect(await markOf(tracker)).toMatchObject({ through: now });
  });

  test('is not made without a key', async () => {
    const { now, tracker } = await unheard(1);
    expect(await tracker.pollChangedOrders(now)).toMatchObject({ listed: 0, skipped: 0, behind: 0 });
    expect(tracker.memory.items.size).toBe(0);
  });
});

describe('Junction', () => {
  test('that never answers leaves the first pass behind, since the first request', async () => {
    const { sandbox, now, tracker } = await unheard(2);
    const api = junctionApi(sandbox);
    sandbox.faults.add({ fault: 'unavailable' });
    for (const hours of [0, 1, 25]) {
      const report = await tracker.pollChangedOrders(later(now, hours * HOUR), { api });
      expect(report).toMatchObject({ listed: 0, skipped: 1, behind: hours * HOUR });
    }
    sandbox.faults.clear();
    const answered = await tracker.pollChangedOrders(later(now, 26 * HOUR), { api });
    expect(answered).toMatchObject({ listed: 2, healed: 2, skipped: 0 });
  });

  test('that fails midway leaves the mark where it is, and the same page is requested the next time', async () => {
    const { told, sandbox, now, tracker } = await unheard(150);
    const api = junctionApi(sandbox);
    let pages = 0;
    const failing = () => {
      pages += 1;
      if (pages === 2) sandbox.faults.add({ fault: 'unavailable' });
      return true;
    };
    const broken = await tracker.pollChangedOrders(now, { api, hasTime: failing });
    expect(broken).toMatchObject({ listed: 100, skipped: 1 });
    expect(broken.reasons).toEqual([expect.stringMatching(/^list of orders: JunctionUnavailable: .*503/)]);
    expect(await markOf(tracker)).toMatchObject({ through: null, pass: { page: 2 } });
    expect(await tracker.pollChangedOrders(later(now, 25 * HOUR), { api })).toMatchObject({
      skipped: 1,
      behind: 25 * HOUR,
    });
    sandbox.faults.clear();
    expect(await tracker.pollChangedOrders(now, { api })).toMatchObject({ skipped: 0, behind: 0 });
    const { truth, held } = standing(told, sandbox, tracker);
    expect(held).toEqual(truth);
  });

  test.each(['wrong_shape', 'html_ok', 'empty_body', 'malformed_json'] as const)(
    'that answers %s has not given an empty list',
    async (fault) => {
      const { sandbox, now, tracker } = await unheard(2);
      sandbox.faults.add({ fault });
      const report = await tracker.pollChangedOrders(now, { api: junctionApi(sandbox) });
      expect(report).toMatchObject({ listed: 0, skipped: 1 });
      expect(await markOf(tracker)).toMatchObject({ through: null });
    },
  );

  test('with another team’s orders adds nothing', async () => {
    const { sandbox, now, tracker } = await unheard(2);
    const api = junctionApi(sandbox);
    const report = await tracker.pollChangedOrders(now, { api, teamId: 'another' });
    expect(report).toMatchObject({ listed: 0, healed: 0, skipped: 1 });
    expect([...tracker.memory.items.values()].filter(({ sk }) => sk !== 'MARK')).toEqual([]);
    const [first] = sandbox.junction.page(EVERYTHING, 1, 1).orders;
    const teamId = first?.team_id ?? '';
    expect(await tracker.pollChangedOrders(now, { api, teamId })).toMatchObject({ skipped: 0 });
    expect(tracker.transactions()).not.toEqual([]);
  });

  test('that lists less of an order than it returns for it is asked for the order', async () => {
    let sandbox: Sandbox | undefined;
    const bare = ({ path }: { path: string }) => {
      if (path !== '/v3/orders' || !sandbox) return null;
      const [order, unreadable] = sandbox.junction.page(EVERYTHING, 1, 100).orders;
      // The answer has no total either, so only an empty page is the last one.
      const orders = [
        { ...order, events: [], last_event: undefined, order_transaction: null },
        { ...unreadable, events: 'none' },
      ];
      listed += 1;
      return { status: 200, body: { orders: listed === 1 ? orders : [] } };
    };
    let listed = 0;
    const { told, sandbox: started, now, tracker } = await unheard(2, { fault: bare });
    sandbox = started;
    const report = await tracker.pollChangedOrders(now, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ listed: 2, healed: 2, skipped: 0 });
    expect(sandbox.log.count('GET /v3/order/{order_id}')).toBe(2);
    const { truth, held } = standing(told, sandbox, tracker);
    for (const { id } of sandbox.junction.page(EVERYTHING, 1, 2).orders) {
      expect(truth.get(id)).toBeDefined();
      expect(held.get(id)).toBe(truth.get(id));
    }
  });
});

const EVERYTHING = {
  orderIds: [],
  transactionId: null,
  userId: null,
  statuses: [],
  modalities: [],
  interpretation: null,
  isCritical: null,
  activations: [],
  createdFrom: null,
  createdTo: null,
  updatedFrom: null,
  updatedTo: null,
  patientName: null,
  receiverName: null,
  search: null,
  key: 'created_at' as const,
  ascending: true,
};

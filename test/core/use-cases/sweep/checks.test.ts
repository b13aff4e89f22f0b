/** What a sweep asks Junction about in addition to due redraws: missing markers, divergences, silence. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import type { Script } from '../../../../tools/sandbox/journeys/catalogue.ts';
import { startSandbox } from '../../../../tools/sandbox/server.ts';
import { canaries } from '../../../../tools/sandbox/world/patient.ts';
import { CLOCKS, ORDERS_OFF } from '../../../clocks.ts';
import { minutesAfter, scene } from './scene/scene.ts';
import { instant, junctionApi, Tracker } from './scene/tracker.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** The content of the table, including sets. */
function everythingIn({ memory }: Tracker): string {
  return JSON.stringify([...memory.items.values()], (_, value: unknown) =>
    value instanceof Set ? [...value] : value instanceof Uint8Array ? Buffer.from(value).toString() : value,
  );
}

describe('missing markers', () => {
  const MARKER = 'CANARY-7331';
  const marked = (script: Script, seed: number) => scene(script, { seed, patient: { marker: MARKER } });

  test.each([1, 2, 3, 4, 5])(
    'come from the results and are stored in the transaction and its redraw, and nothing else is (seed %i)',
    async (seed) => {
      const { sandbox, tracker, transactionId } = await marked('redraw_stalled_without_requisition', seed);
      const now = minutesAfter((await tracker.transaction(transactionId))?.updated_at ?? '', 5);
      sandbox.junction.setClock(new Date(now));
      const known = sandbox.junction.transactionResults(transactionId);
      expect(known?.missing_results?.length).toBeGreaterThan(0);
      const report = await tracker.sweep(now, { api: junctionApi(sandbox) });
      expect(report).toMatchObject({ due: 1, flagged: 0, healed: 0, skipped: 0 });
      const expected = known?.missing_results?.map(({ name, slug, inferred_failure_type, loinc }) => ({
        name,
        slug,
        failure_type: inferred_failure_type,
        loinc,
      }));
      const found = await tracker.transaction(transactionId);
      expect(found).toMatchObject({
        missing_results: expected,
        markers_wanted_of: null,
        redraw: { missing_results: expected },
      });
      const markers = { order_id: expect.any(String), change: 'missing_markers', status: null };
      expect(found?.checks).toEqual([
        { at: instant(now), origin: 'sweep', caller: null, changes: [markers] },
      ]);
      const stored = everythingIn(tracker);
      for (const canary of canaries(MARKER)) expect(stored).not.toContain(canary);
      sandbox.log.clear();
      await tracker.sweep(minutesAfter(now, 15), { api: junctionApi(sandbox) });
      expect(sandbox.log.count()).toBe(0);
    },
  );

  test('of a redraw that completes with some missing are those that are missing then', async () => {
    const { sandbox, tracker, transactionId } = await marked('redraw_completed_with_missing_results', 2);
    const now = minutesAfter((await tracker.transaction(transactionId))?.updated_at ?? '', 5);
    sandbox.junction.setClock(new Date(now));
    await tracker.sweep(now, { api: junctionApi(sandbox) });
    const names = sandbox.junction
      .transactionResults(transactionId)
      ?.missing_results?.map(({ name }) => name);
    const { redraw, outcome } = (await tracker.transaction(transactionId)) ?? {};
    expect(redraw?.missing_results.map(({ name }) => name)).toEqual(names);
    expect(outcome).toBe('results_incomplete');
  });

  test('of an order that completes without a redraw are requested once and stored in the transaction', async () => {
    const { sandbox, tracker, transactionId } = await marked('walk_in_completed_with_missing_results', 3);
    const completed = await tracker.transaction(transactionId);
    expect(completed).toMatchObject({ outcome: 'results_incomplete', redraw: null, missing_results: [] });
    const now = instant(minutesAfter(completed?.updated_at ?? '', 5));
    sandbox.junction.setClock(new Date(now));
    expect(await tracker.sweep(now, { api: junctionApi(sandbox) })).toMatchObject({ due: 1, skipped: 0 });
    const names = sandbox.junction
      .transactionResults(transactionId)
      ?.missing_results?.map(({ name }) => name);
    const known = await tracker.transaction(transactionId);
    expect(names?.length).toBeGreaterThan(0);
    expect(known?.missing_results.map(({ name }) => name)).toEqual(names);
    expect(known).toMatchObject({ redraw: null, check_at: null });
    const stored = everythingIn(tracker);
    for (const canary of canaries(MARKER)) expect(stored).not.toContain(canary);
    sandbox.log.clear();
    await tracker.sweep(later(now, 2 * DAY), { api: junctionApi(sandbox) });
    expect(sandbox.log.count()).toBe(0);
  });

  test('are no longer missing once the redraw has found them', async () => {
    const { tracker, transactionId, told, sandbox } = await scene('redraw_completed', {
      arrives: (one, { snapshots }) => one !== snapshots.at(-1),
    });
    const now = minutesAfter(told.snapshots.at(-2)?.at ?? '', 5);
    sandbox.junction.setClock(new Date(now));
    await tracker.sweep(now, { api: junctionApi(sandbox) });
    expect((await tracker.transaction(transactionId))?.missing_results).not.toEqual([]);
    const last = told.snapshots.at(-1);
    await tracker.deliver(last?.payload ?? {}, last?.at ?? '');
    expect(await tracker.transaction(transactionId)).toMatchObject({
      outcome: 'results_complete',
      missing_results: [],
      markers_wanted_of: null,
      redraw: { state: 'completed', missing_results: [] },
    });
  });

  test('are requested again a day later while there are no results', async () => {
    const { sandbox, tracker, transactionId, told } = await scene('redraw_never_ordered');
    const now = instant(minutesAfter((await tracker.transaction(transactionId))?.updated_at ?? '', 5));
    const api = junctionApi(sandbox);
    const asks = () => sandbox.log.count('GET /v3/order/{order_id}/result');
    // Junction's API lags behind its own webhook.
    sandbox.junction.setClock(new Date(told.snapshots.at(-2)?.at ?? ''));
    await tracker.sweep(now, { api });
    await tracker.sweep(later(now, 15 * MINUTE), { api });
    expect(asks()).toBe(1);
    expect((await tracker.transaction(transactionId))?.redraw).toMatchObject({ missing_results: [] });
    sandbox.junction.setClock(new Date(now));
    await tracker.sweep(later(now, DAY), { api });
    expect(asks()).toBe(2);
    expect((await tracker.transaction(transactionId))?.redraw?.missing_results).not.toEqual([]);
  });

  test('are left out if they do not fit into an item, and delay nothing', async () => {
    const { tracker, transactionId, told } = await scene('redraw_stalled_without_requisition');
    const markers = Array.from({ length: 1_000 }, (_, n) => ({ name: `Marker ${n}`, slug: `marker-${n}` }));
    const sandbox = await startSandbox({
      journeys: [told],
      fault: ({ path }) =>
        path.endsWith('/result') ? { status: 200, body: { metadata: {}, missing_results: markers } } : null,
    });
    onTestFinished(() => sandbox.close());
    const dueAt = (await tracker.transaction(transactionId))?.redraw?.due_at ?? '';
    sandbox.junction.setClock(new Date(dueAt));
    const report = await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 1, skipped: 0 });
    expect(sandbox.log.count('GET /v3/order/{order_id}/result')).toBe(1);
    expect(await tracker.transaction(transactionId)).toMatchObject({ missing_results: [] });
  });

  test('are not requested without a key', async () => {
    const { tracker, transactionId } = await scene('redraw_stalled_without_requisition');
    await tracker.sweep(minutesAfter((await tracker.transaction(transactionId))?.updated_at ?? '', 5));
    expect((await tracker.transaction(transactionId))?.redraw).toMatchObject({ missing_results: [] });
  });
});

/** The journey's last webhook reports another status of the transaction than the API does later. */
async function withOtherWord(seed: number) {
  const told = await scene('walk_in_completed', {
    seed,
    arrives: (one, { snapshots }) => one !== snapshots.at(-1),
  });
  const { tracker, transactionId } = told;
  const last = told.told.snapshots.at(-1);
  const body = JSON.parse(JSON.stringify(last?.payload));
  body.data.order_transaction.status = 'active';
  await tracker.deliver(body, last?.at ?? '');
  const before = await tracker.transaction(transactionId);
  expect(before).toMatchObject({ status: 'completed', reported_status: 'active', diverges: true });
  return { ...told, toldAt: before?.updated_at ?? '' };
}

describe("a transaction whose status differs from Junction's", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is asked about after fifteen minutes, and corrected by the answer (seed %i)',
    async (seed) => {
      const { sandbox, tracker, transactionId, toldAt } = await withOtherWord(seed);
      const dueAt = later(toldAt, 15 * MINUTE);
      sandbox.junction.setClock(new Date(dueAt));
      const api = junctionApi(sandbox);
      expect(await tracker.sweep(later(dueAt, -1), { api })).toMatchObject({ due: 0 });
      expect(sandbox.log.count()).toBe(0);
      expect(await tracker.sweep(dueAt, { api })).toMatchObject({
        due: 1,
        healed: 1,
        flagged: 0,
        skipped: 0,
      });
      expect(await tracker.transaction(transactionId)).toMatchObject({
        status: 'completed',
        reported_status: 'completed',
        diverges: false,
        check_at: null,
      });
      expect(tracker.told('Divergence Opened')).toEqual([transactionId]);
      expect(tracker.told('Divergence Closed')).toEqual([transactionId]);
    },
  );

  test('is asked about once a day while it keeps differing', async () => {
    const { sandbox, tracker, transactionId, toldAt, told } = await withOtherWord(1);
    const last = told.known.at(-1);
    if (last?.order.order_transaction) last.order.order_transaction.status = 'active';
    const api = junctionApi(sandbox);
    let asked = 0;
    for (let quarters = 0; quarters < 4 * 24 * 3; quarters += 1) {
      const now = later(toldAt, quarters * 15 * MINUTE);
      sandbox.junction.setClock(new Date(now));
      const { due, healed } = await tracker.sweep(now, { api });
      asked += due;
      expect(healed).toBe(0);
    }
    expect(asked).toBe(3);
    expect(await tracker.transaction(transactionId)).toMatchObject({ diverges: true });
    expect(tracker.told('Divergence Opened')).toEqual([transactionId]);
  });

  test('is not asked about without a key', async () => {
    const { tracker, transactionId, toldAt } = await withOtherWord(1);
    expect(await tracker.sweep(later(toldAt, 40 * DAY))).toMatchObject({ due: 0, healed: 0 });
    expect(await tracker.transaction(transactionId)).toMatchObject({ diverges: true });
  });
});

describe('a silent active transaction', () => {
  const clocks = { ...CLOCKS, orders: ORDERS_OFF };

  test('is asked about after thirty days, which recovers what was lost', async () => {
    const { sandbox, tracker, transactionId } = await scene('walk_in_completed', {
      arrives: (one, { snapshots }) => snapshots.indexOf(one) < 2,
      clocks,
    });
    const before = await tracker.transaction(transactionId);
    expect(before).toMatchObject({ status: 'active' });
    const dueAt = later(before?.updated_at ?? '', 30 * DAY);
    sandbox.junction.setClock(new Date(dueAt));
    const api = junctionApi(sandbox);
    expect(await tracker.sweep(later(dueAt, -1), { api })).toMatchObject({ due: 0 });
    expect(await tracker.sweep(dueAt, { api })).toMatchObject({ due: 1, healed: 1 });
    expect(await tracker.transaction(transactionId)).toMatchObject({ status: 'completed', check_at: null });
  });

  test('is asked about again after another thirty days without news', async () => {
    const { sandbox, tracker, transactionId } = await scene('walk_in_waiting', { clocks });
    const silentSince = (await tracker.transaction(transactionId))?.updated_at ?? '';
    const api = junctionApi(sandbox);
    const asked: number[] = [];
    for (let day = 0; day <= 95; day += 1) {
      const now = later(silentSince, day * DAY);
      sandbox.junction.setClock(new Date(now));
      if ((await tracker.sweep(now, { api })).due > 0) asked.push(day);
    }
    expect(asked).toEqual([30, 60, 90]);
  });
});

test('an order whose webhooks except the first are lost is recovered completely from the API', async () => {
  const { sandbox, tracker, transactionId, told } = await scene('redraw_completed', {
    arrives: (one, { snapshots }) => one === snapshots[0],
  });
  const now = later((await tracker.transaction(transactionId))?.updated_at ?? '', 30 * DAY);
  sandbox.junction.setClock(new Date(now));
  expect(await tracker.sweep(now, { api: junctionApi(sandbox) })).toMatchObject({ healed: 1, flagged: 0 });
  const heard = new Tracker();
  for (const { payload, at } of told.snapshots) await heard.deliver(payload, at);
  const [healed, expected] = [
    await tracker.transaction(transactionId),
    await heard.transaction(transactionId),
  ];
  expect(healed?.orders).toEqual(expected?.orders);
  expect(healed).toMatchObject({
    status: expected?.status,
    outcome: expected?.outcome,
    rule: expected?.rule,
  });
});

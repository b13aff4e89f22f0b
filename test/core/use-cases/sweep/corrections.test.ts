/** What a sweep does about facts that Junction's API has to confirm or to take back. */
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../../tools/sandbox/server.ts';
import { event, march, orderId, walkIn } from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { minutesAfter, scene } from './scene/scene.ts';
import { junctionApi, Tracker } from './scene/tracker.ts';

/** The open redraw of a journey whose webhooks have all arrived, and changes of the last webhook of its redraw order. */
async function openRedraw() {
  const { told, sandbox, tracker, transactionId: id } = await scene('redraw_stalled_without_appointment');
  const [last] = told.snapshots.slice(-1);
  if (!last) throw new Error('the journey has no webhook');
  const { data, ...envelope } = last.payload as { data: Json & { events: Json[] } };
  const at = (minutes: number) => minutesAfter(last.at, minutes);
  const sweep = (minutes: number) => {
    sandbox.junction.setClock(new Date(at(minutes)));
    sandbox.log.clear();
    return tracker.sweep(at(minutes), { api: junctionApi(sandbox) });
  };
  const shown = async () => {
    const stored = await tracker.transaction(id);
    return [stored?.redraw?.stage ?? null, ...(stored?.anomalies.map(({ code }) => code) ?? [])];
  };
  const changed = (fields: Json) => ({ ...envelope, data: { ...data, ...fields } });
  const completed = changed({
    updated_at: at(50),
    events: [...data.events, event(999_999_999, 'completed', at(50))],
  });
  return { sandbox, tracker, at, sweep, shown, changed, completed };
}

const asked = (sandbox: Sandbox) =>
  sandbox.log.entries().filter(({ path }) => /^\/v3\/order(_transaction)?\//.test(path)).length;

describe('an end that only a webhook reports', () => {
  test('is taken back by the next sweep if Junction does not have it, and stays so after a replay', async () => {
    const { tracker, at, sweep, shown, completed } = await openRedraw();
    const before = await shown();
    await tracker.deliver(completed, at(1));
    expect(await shown()).not.toEqual(before);
    expect(await sweep(15)).toMatchObject({ due: 1 });
    expect(await shown()).toEqual(['awaiting_appointment', 'event_withdrawn']);
    await tracker.deliver(completed, at(20));
    expect(await shown()).toEqual(['awaiting_appointment', 'event_withdrawn']);
    expect(await sweep(30)).toMatchObject({ due: 1 });
    expect(await sweep(45)).toMatchObject({ due: 0 });
  });

  test('is confirmed by the poll, without a request of its own', async () => {
    const { told, sandbox, tracker, transactionId: id } = await scene('redraw_completed');
    expect((await tracker.transaction(id))?.check_at).not.toBeNull();
    const now = minutesAfter(told.snapshots.at(-1)?.at ?? '', 10);
    sandbox.junction.setClock(new Date(now));
    const api = junctionApi(sandbox);
    await tracker.runSweep(now, { remaining: () => 900_000, junction: () => api });
    expect(asked(sandbox)).toBe(0);
    expect((await tracker.transaction(id))?.redraw).toMatchObject({ state: 'completed' });
  });
});

describe('a contradiction', () => {
  test('is asked about by the next sweep', async () => {
    const { sandbox, tracker, at, sweep, shown, changed } = await openRedraw();
    await tracker.deliver(changed({ expected_result_by_date: '2031-01-01' }), at(1));
    await sweep(2);
    expect(asked(sandbox)).toBeGreaterThan(0);
    expect(await shown()).toEqual(['awaiting_appointment']);
    expect(await sweep(17)).toMatchObject({ due: 0 });
  });

  test('is unconfirmed after an hour without an answer, until there is one', async () => {
    const { sandbox, tracker, at, sweep, shown, changed } = await openRedraw();
    sandbox.faults.add({ fault: 'unavailable' });
    await tracker.deliver(changed({ expected_result_by_date: '2031-01-01' }), at(1));
    await sweep(30);
    expect(await shown()).not.toContain('unconfirmed');
    await sweep(62);
    expect(await shown()).toContain('unconfirmed');
    sandbox.faults.clear();
    await sweep(3 * 1_440);
    expect(await shown()).not.toContain('unconfirmed');
  });

  test('is an anomaly without a key', async () => {
    const tracker = new Tracker();
    const [ordered, cancelled] = [event(1, 'ordered', march(1)), event(2, 'cancelled', march(2))];
    await tracker.deliver(walkIn(1, [ordered, cancelled], { updated_at: march(2) }), march(2));
    await tracker.deliver(walkIn(1, [ordered], { updated_at: march(3) }), march(3));
    await tracker.sweep(march(3, '08:15:00'));
    const [stored] = tracker.transactions();
    expect(stored?.anomalies).toMatchObject([{ code: 'unconfirmed', order_id: orderId(1) }]);
  });
});

test('a future event counts by the first sweep after its time, without a key too', async () => {
  const tracker = new Tracker();
  const events = [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2, '12:00:00'))];
  await tracker.deliver(walkIn(1, events), march(2));
  const state = async () => {
    const [stored] = tracker.transactions();
    return [stored?.outcome, stored?.anomalies.map(({ code }) => code)];
  };
  await tracker.sweep(march(2, '11:59:00'));
  expect(await state()).toEqual(['in_progress', ['future_event']]);
  await tracker.sweep(march(2, '12:01:00'));
  expect(await state()).toEqual(['redraw_expected', []]);
});

/** What is asked beside an order and its transaction fails by itself. */
import { expect, test } from 'vitest';
import { readRouteFailures } from '../../../../core/store/junction-notices/route-failures.ts';
import type { FaultRule } from '../../../../tools/sandbox/controls/faults.ts';
import { dueScene, minutesAfter } from '../sweep/scene/scene.ts';
import { junctionApi } from '../sweep/scene/tracker.ts';

const PSC = 'GET /v3/order/*/psc/appointment';
const DAY = 1_440;

/** A due redraw of Quest that waits for an appointment, and whole sweeps of it. */
async function sweeps(rule: FaultRule) {
  const found = await dueScene('redraw_stalled_without_appointment', 3);
  const { sandbox, tracker } = found;
  sandbox.faults.add(rule);
  const sweep = async (at: string) => {
    sandbox.log.clear();
    const api = junctionApi(sandbox);
    const { report } = await tracker.runSweep(at, { remaining: () => 900_000, junction: () => api });
    const asked = sandbox.log.entries().filter(({ path }) => path.includes('/psc/')).length;
    return { ...report, asked };
  };
  return { ...found, sweep };
}

test.each<FaultRule>([
  { fault: 'not_enabled', route: PSC },
  { fault: 'unavailable', route: PSC },
  { fault: 'html_page', route: PSC },
  { fault: 'wrong_shape', route: '/v3/order/*/result' },
  { fault: 'reset', route: '/v3/order/*/result' },
])('$fault $route: the redraw is checked, and flagged by the first sweep', async (rule) => {
  const { sweep, tracker, transactionId, dueAt } = await sweeps(rule);
  expect(await sweep(dueAt)).toMatchObject({ flagged: 1, skipped: 0 });
  expect(await tracker.transaction(transactionId)).toMatchObject({
    marks: { stale_since: dueAt },
    checked_at: dueAt,
    unanswered: null,
  });
});

test('a route that Junction says is not enabled is asked once a day, until it answers', async () => {
  const { sweep, sandbox, tracker, dueAt } = await sweeps({ fault: 'not_enabled', route: PSC });
  const at = (minutes: number) => minutesAfter(dueAt, minutes);
  expect(await sweep(dueAt)).toMatchObject({ asked: 1 });
  const failures = await readRouteFailures(tracker.memory);
  expect(failures).toMatchObject({
    psc_appointment: { since: dueAt, reason: expect.stringContaining('503') },
  });
  const inBetween = [];
  for (let hours = 6; hours < 24; hours += 6) inBetween.push((await sweep(at(hours * 60))).asked);
  expect(inBetween).toEqual([0, 0, 0]);
  sandbox.faults.clear();
  let minutes = DAY;
  while ((await sweep(at(minutes))).asked === 0) minutes += DAY;
  expect(await readRouteFailures(tracker.memory)).toEqual({});
});

test('an appointment at a service center is asked for only where Junction books the lab', async () => {
  const asked = new Map<string | null | undefined, number>();
  for (const seed of [1, 3, 13]) {
    const { sandbox, tracker, transactionId, dueAt } = await dueScene(
      'redraw_stalled_without_appointment',
      seed,
    );
    const lab = (await tracker.transaction(transactionId))?.orders[0]?.lab_test?.lab;
    await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
    asked.set(lab, sandbox.log.entries().filter(({ path }) => path.includes('/psc/')).length);
  }
  expect(Object.fromEntries(asked)).toEqual({ quest: 1, labcorp: 0, bioreference: 0 });
});

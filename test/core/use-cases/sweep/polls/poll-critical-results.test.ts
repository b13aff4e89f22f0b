/** Critical results that no webhook reported: over HTTP from the sandbox. */
import { expect, test } from 'vitest';
import { later } from '../../../../../core/domain/instant.ts';
import { criticalState } from '../../../../../core/domain/order/critical-result.ts';
import { readOrder } from '../../../../../core/store/orders/read-order.ts';
import { pollCriticalResults } from '../../../../../core/use-cases/sweep/poll-critical-results.ts';
import { scene } from '../scene/scene.ts';
import { instant, junctionApi } from '../scene/tracker.ts';

const MINUTE = 60_000;

test('a critical result is opened, even if its order did not change, by one request', async () => {
  const { told, sandbox, tracker } = await scene('walk_in_critical', { arrives: () => false });
  // Every webhook arrives, except that none says that the results are critical.
  for (const { eventType, payload, at } of told.snapshots) {
    if (eventType === 'labtest.result.critical') continue;
    const { data: given } = payload as { data: object };
    const data = { ...given, interpretation: null };
    await tracker.deliver({ ...payload, data }, at);
  }
  const orderId = told.known[0]?.facts.orderId ?? '';
  const state = async () => {
    const record = await readOrder(tracker.memory, orderId);
    return record && criticalState(record);
  };
  expect(await state()).toBeNull();
  const poll = async (now: string) => {
    const dependencies = { table: tracker.memory, teamId: null, every: MINUTE, hasTime: () => true };
    const report = await pollCriticalResults(
      { ...dependencies, api: junctionApi(sandbox), onSkip: () => undefined },
      now,
    );
    await tracker.project();
    return report;
  };
  const now = later(instant(told.snapshots.at(-1)?.at ?? ''), MINUTE);
  sandbox.junction.setClock(new Date(now));
  expect(await poll(now)).toEqual({ healed: 1, skipped: 0 });
  expect(await state()).toBe('open');
  expect(await poll(later(now, MINUTE))).toEqual({ healed: 0, skipped: 0 });
  expect(sandbox.log.counts()).toEqual({ 'GET /v3/orders': 2 });
});

/** The history: the metrics of the running functions, as the API shows them. */
import { describe, expect, test } from 'vitest';
import type { SummaryHistory } from '../../../core/api/history/answer.ts';
import { event, listed, march, transaction, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import { call } from '../http-call.ts';
import { callWebhook } from '../webhook/calls.ts';
import { client, expectProblem, hear, stack } from './scene.ts';

let days = 0;

/** Uses another number of days each time, because the answer for a number of days is cached for a minute. */
async function ask(): Promise<SummaryHistory> {
  days += 1;
  const { status, json, text } = await client.ask(`/v1/summary/history?days=${days}`);
  expect(status, text).toBe(200);
  return json as SummaryHistory;
}

const numbers = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
const webhooks = async () =>
  Object.fromEntries(
    (await ask()).webhooks.map(({ outcome, counts }) => [
      outcome,
      numbers(counts).reduce((sum, count) => sum + count, 0),
    ]),
  );
const plus = (counts: Record<string, number>, more: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count + (more[name] ?? 0)]));

/** An initial order that waits for its redraw. */
function waiting(n: number) {
  const times = { created_at: march(1), updated_at: march(3) };
  return walkIn(n, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(3))], {
    ...times,
    order_transaction: transaction(n, 'active', [listed(n, 'redraw_available', march(3), times)]),
  });
}

export function history(): void {
  describe('the history', () => {
    test('counts the webhooks by outcome', async () => {
      const before = await webhooks();
      // Each kill loses the counts of what it interrupts: 247 to 264 were seen.
      expect(before.applied).toBeGreaterThan(200);
      const times = { created_at: march(1), updated_at: march(1) };
      const body = walkIn(401, [event(1, 'ordered', march(1))], times);
      await hear(body);
      await hear(body);
      await hear({ event_type: 'daily.data.sleep.created', data: {} });
      await hear({ event_type: 'labtest.order.updated', data: { id: 'none' } });
      expect((await callWebhook(stack.url, { body: '{}', headers: {} })).status).toBe(400);
      const counted = plus(before, { applied: 1, duplicate: 1, ignored: 1, quarantined: 1, refused: 1 });
      await expect.poll(webhooks, { timeout: 5_000, interval: 200 }).toEqual(counted);
    });

    test('shows the open redraws and the stale ones among them, as of the last sweep', async () => {
      const inList = async (state: string) => (await client.pages('/v1/redraws', { state })).flat().length;
      const before = await inList('open');
      // More than earlier sweeps found, because the period shows the maximum.
      for (const n of [402, 403, 404]) await hear(waiting(n));
      await expect.poll(() => inList('open'), { timeout: 20_000 }).toBe(before + 3);
      const sweep = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
        method: 'POST',
        body: JSON.stringify({ time: march(20) }),
      });
      expect(sweep.json).toMatchObject({ skipped: 0 });
      const found = { open: await inList('open'), stale: await inList('stale') };
      const newest = async () => {
        const { redraws } = await ask();
        return { open: numbers(redraws.open).at(-1), stale: numbers(redraws.stale).at(-1) };
      };
      await expect.poll(newest, { timeout: 5_000, interval: 200 }).toEqual(found);
    });

    test('shows how far transactions lagged behind', async () => {
      const lags = numbers((await ask()).projection_lag_seconds);
      expect(lags.length).toBeGreaterThan(0);
      for (const lag of lags) expect(lag).toBeLessThan(120);
    });

    test('is refused for an invalid number of days', async () => {
      expectProblem(await client.ask('/v1/summary/history?days=31'), 400);
    });
  });
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { checkTime } from '../../../../core/domain/transaction/check-clocks.ts';
import { transactionOf } from '../../../../core/domain/transaction/transaction.ts';
import { JunctionClient } from '../../../../core/junction/client.ts';
import { readTransaction } from '../../../../core/store/transactions/transactions.ts';
import { sweepChecks } from '../../../../core/use-cases/sweep/sweep.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../../domain/order-records.ts';
import { QueryApi } from '../scene/query-api.ts';

const HOUR = 3_600_000;
const registered = { at: at(0), transaction_id: 't', user_id: null, client_user_id: null };

describe('the check of an order that was registered and never reported', () => {
  const transaction = transactionOf(brings(1, { snapshot: null, registered }), CLOCKS);
  const check = (checkedAt: string | null) => checkTime(transaction, null, checkedAt, CLOCKS);

  test('is due after the clock for an order, then daily', () => {
    expect(transaction.awaited_since).toBe(at(0));
    expect(check(null)).toBe(later(at(0), HOUR));
    expect(check(at(10))).toBe(later(at(0), HOUR));
    expect(check(later(at(0), HOUR))).toBe(later(at(0), 25 * HOUR));
    expect(check(later(at(0), 48 * HOUR))).toBe(later(at(0), 72 * HOUR));
  });

  test('is no longer due after any report', () => {
    const heard = brings(1, { events: [event(5, STATUS_OF_CLASS.P)], registered });
    const told = transactionOf(heard, CLOCKS);
    expect(told.awaited_since).toBeNull();
    expect(checkTime(told, null, null, CLOCKS)).toBe(later(at(5), CLOCKS.silent));
  });
});

describe('the sweep', () => {
  let api: QueryApi;
  let sandbox: Sandbox;
  const [journey] = journeys(5, 1, { spelling: 'documented' });

  beforeAll(async () => {
    api = await QueryApi.open();
    sandbox = await startSandbox({ journeys: journey ? [journey] : [] });
  });
  afterAll(async () => {
    await sandbox.close();
    await api.close();
  });

  const sweepAt = (now: string) =>
    sweepChecks(
      {
        projection: api.projection,
        apis: new Map([
          [
            null,
            new JunctionClient({
              baseUrl: sandbox.url,
              apiKey: SANDBOX_API_KEY,
              clock: () => new Date(now),
              timeLeft: () => 10_000,
              pause: async () => undefined,
            }),
          ],
        ]),
        every: 900_000,
        hasTime: () => true,
        onSkip: (_, reason) => {
          throw new Error(reason);
        },
      },
      now,
    );

  test('asks Junction about it when it is due, not before, and joins the answer', async () => {
    const orderId = journey?.snapshots.find((one) => one.orderId !== null)?.orderId ?? '';
    const transactionId = sandbox.junction.order(orderId)?.order_transaction?.id ?? '';
    api.now = new Date('2026-06-01T08:00:00Z');
    const { status } = await api.put(`/v1/orders/${orderId}`, { order_transaction_id: transactionId });
    expect(status).toBe(200);
    await api.settle();
    expect(await sweepAt('2026-06-01T08:59:59.999999Z')).toMatchObject({ due: 0, healed: 0 });
    expect(sandbox.requests).toEqual([]);
    expect(await sweepAt('2026-06-01T09:00:00.000000Z')).toMatchObject({ due: 1, healed: 1 });
    const healed = await readTransaction(api.table, transactionId);
    expect(healed?.awaited_since).toBeNull();
    expect(healed?.orders.map(({ id }) => id)).toContain(orderId);
    expect((await api.get(`/v1/orders/${orderId}`)).json.events).not.toEqual([]);
  });

  test('asks again daily about one that Junction does not know', async () => {
    const id = '0bde0000-0000-4000-8000-00000000ffff';
    const transactionId = '7a000000-0000-4000-8000-00000000ffff';
    api.now = new Date('2026-06-02T08:00:00Z');
    await api.put(`/v1/orders/${id}`, { order_transaction_id: transactionId });
    await api.settle();
    await sweepAt('2026-06-02T09:00:00.000000Z');
    const asked = () => sandbox.requests.filter((request) => request.endsWith(id)).length;
    expect(asked()).toBe(1);
    await sweepAt('2026-06-03T08:59:59.999999Z');
    expect(asked()).toBe(1);
    await sweepAt('2026-06-03T09:00:00.000000Z');
    expect(asked()).toBe(2);
  });
});

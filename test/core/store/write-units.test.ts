import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextRevision } from '../../../core/domain/stored/next-revision.ts';
import { writeTransaction } from '../../../core/store/transactions/transactions.ts';
import { receive } from '../../../core/use-cases/receive-webhook.ts';
import { journeys } from '../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../clocks.ts';
import { at, brings, event } from '../domain/order-records.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';
import { type MeteredRequest, RequestMeter } from './tables/request-meter.ts';

/** After all journeys, so that no event is in the future. */
const NOW = new Date('2026-06-01T00:00:00Z');

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

/** The cost of each stored webhook, for some journeys with these deliveries. */
async function costs(
  seed: number,
  disorder: Parameters<typeof planDeliveries>[1],
): Promise<MeteredRequest[][]> {
  const meter = new RequestMeter(engine.table);
  const taken: MeteredRequest[][] = [];
  for (const { body } of planDeliveries(journeys(seed, 28), disorder)) {
    const { outcome, kind } = await receive(
      {
        table: { ...engine.table, correlationId: () => 'msg_2f5f0f8b7c119a534b59c1d2e3f' },
        quarantine: engine.table,
        quarantineRetentionDays: 30,
      },
      Buffer.from(body),
      NOW,
    );
    expect(outcome).not.toBe('quarantined');
    const requests = meter.taken();
    // Match reviews and critical results are listed by an index. There are few.
    const saysCritical = JSON.parse(body).data?.interpretation === 'critical';
    const isListed = kind === 'match_review' || kind === 'critical_result' || saysCritical;
    if (outcome !== 'ignored' && !isListed) taken.push(requests);
  }
  return taken;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const total = (requests: readonly MeteredRequest[], of: 'table' | 'indexes') =>
  requests.reduce((sum, request) => sum + request[of], 0);

test.each([
  ['in order', 1, {}],
  ['in disorder', 2, { seed: 2, shuffle: true, duplicate: 0.3 }],
] as const)(
  'a webhook costs two write units on the table and none on indexes: %s',
  async (_, seed, disorder) => {
    const taken = await costs(seed, disorder);
    expect(taken.length).toBeGreaterThan(150);
    expect(Math.min(...taken.map((requests) => total(requests, 'table')))).toBeGreaterThan(0);
    expect(median(taken.map((requests) => total(requests, 'table')))).toBeLessThanOrEqual(2);
    expect(taken.filter((requests) => total(requests, 'indexes') > 0)).toEqual([]);
    const ordinary = taken.filter((requests) => requests.length === 1).length;
    expect(Math.max(...taken.map((requests) => requests.length))).toBeLessThanOrEqual(2);
    if (Object.keys(disorder).length === 0) expect(ordinary / taken.length).toBeGreaterThan(0.9);
  },
);

test('the indexes of a transaction are written when it is created, and not again while it is in progress', async () => {
  const meter = new RequestMeter(engine.table);
  const walked = ['ordered', 'requisition_created', 'appointment_scheduled'];
  const on = async (n: number, client_user_id: string | null) => {
    let after: ReturnType<typeof nextRevision> | null = null;
    const units: number[] = [];
    for (let step = 1; step <= walked.length; step += 1) {
      const events = walked.slice(0, step).map((low, index) => event(index, `received.walk_in_test.${low}`));
      const snapshot = { origin: 'initial', created_at: at(1), user_id: 'user' };
      const clientUser = client_user_id === null ? null : { user_id: 'user', client_user_id };
      const contributions = brings(n, { snapshot, events, clientUser });
      const next = nextRevision({ id: transactionId(n), contributions, departures: {}, after }, CLOCKS);
      expect(await writeTransaction(engine.table, next, after)).toBe('written');
      units.push(total(meter.taken(), 'indexes'));
      after = next;
    }
    return units;
  };
  const [without, having] = [await on(1, null), await on(2, 'clinic-7/1042')];
  expect(without.slice(1)).toEqual([0, 0]);
  // The index of client users has one more entry, once. Engines differ in the cost of an entry.
  expect(having[0]).toBeGreaterThan(without[0] ?? 0);
  expect(having.slice(1)).toEqual([0, 0]);
});

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { totalsFrom } from '../../../../core/domain/worklist/counts.ts';
import { type Need, needsOf } from '../../../../core/domain/worklist/needs.ts';
import { clockVariables } from '../../../../core/environment/clocks.ts';
import { recordHeartbeat } from '../../../../core/store/heartbeat.ts';
import { isOfKind, orderKey } from '../../../../core/store/table-layout.ts';
import { intactStored } from '../../../../core/store/transactions/damaged-transactions.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import {
  criticalResult,
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { emptied } from '../../store/transactions/emptied.ts';
import { expectedCounters, recountAll } from '../../use-cases/counters.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
afterEach(() => api.close());

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The counts by what the API shows of every transaction. */
async function counted(teams?: readonly (string | null)[]) {
  const { Items = [] } = await api.table.client.send(new ScanCommand({ TableName: api.table.name }));
  const ours = Items.filter(
    ({ sk, team_id = null }) => isOfKind('TX', sk) && (teams?.includes(team_id) ?? true),
  );
  const now = new Date().toISOString();
  const stored = ours.flatMap((item) => intactStored(item) ?? []);
  const needing = (need: Need) => stored.filter((one) => needsOf(one, now).includes(need)).length;
  return {
    ...totalsFrom(new Map(Object.entries(expectedCounters(ours)))),
    needs_decision: needing('decision'),
    stalled_orders: needing('stalled_order'),
    overdue_redraws: needing('overdue_redraw'),
  };
}

async function summary() {
  await recountAll(api.table, null, march(9));
  const { status, json } = await api.get('/v1/summary');
  expect(status).toBe(200);
  const { newest_processed_at: _, newest_webhook_age_seconds: __, counted_at, ...all } = json;
  expect(counted_at).toBe(march(9));
  const { critical_results: ___, match_reviews: ____, ...counts } = all;
  return counts;
}

/** The capacity that the requests of `call` consume, as the engine counts it. */
async function unitsOf(call: () => Promise<unknown>): Promise<number> {
  let units = 0;
  const { middlewareStack } = api.table.client;
  middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answered = await next(args);
      const { ConsumedCapacity = [] } = answered.output as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) units += CapacityUnits;
      return answered;
    },
    { step: 'initialize', name: 'consumedCapacity' },
  );
  await call();
  middlewareStack.remove('consumedCapacity');
  return units;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const one = (n: number, low: string, fields = {}) =>
  walkIn(n, [event(1, 'ordered', march(1)), event(2, low, march(2))], {
    created_at: march(1),
    updated_at: march(1),
    order_transaction: transaction(n, null, [
      listed(n, low, march(2), { created_at: march(1), updated_at: march(1) }),
    ]),
    ...fields,
  });

describe('the summary', () => {
  test('is all zeros for an empty table', async () => {
    api = await QueryApi.open();
    expect((await api.get('/v1/summary')).json).toEqual({
      ...(await counted()),
      critical_results: { open: 0, overdue: 0, oldest_opened_at: null, overdue_after_seconds: 3_600 },
      match_reviews: 0,
      counted_at: null,
      newest_processed_at: null,
      newest_webhook_age_seconds: null,
    });
    expect(await summary()).toMatchObject({ total: 0, status: { active: 0 } });
  });

  test('equals the counts from reading every transaction, after journeys in any order with duplicates', async () => {
    api = await QueryApi.open();
    const bodies = planDeliveries(journeys(7, 20)).map(({ body }) => body);
    for (const body of bodies.toReversed().concat(bodies)) await api.take(body);
    await api.settle();
    const counts = await summary();
    expect(counts).toEqual(await counted());
    expect(counts.total).toBeGreaterThan(15);
  });

  test('counts a provisional transaction as the real one that it becomes, and no longer counts a deleted one', async () => {
    api = await QueryApi.open();
    await api.deliver(one(1, 'completed', { order_transaction: null }));
    expect(await summary()).toMatchObject({ total: 1, status: { completed: 1 } });
    await api.deliver(one(1, 'corrected'));
    expect(await summary()).toMatchObject({ total: 1, status: { completed: 1 } });
    expect(await summary()).toEqual(await counted());
    const stored = await readTransaction(api.table, transactionId(1));
    if (stored) await writeTransaction(api.table, emptied(stored), stored);
    expect(await summary()).toMatchObject({ total: 0 });
  });

  test('counts what needs a person beside the transactions: critical results with their age, match reviews', async () => {
    api = await QueryApi.open();
    await api.deliver(one(1, 'completed'), criticalResult(1, march(3)), criticalResult(2, march(4)), {
      event_type: 'labtest.match_review.created',
      team_id: TEAM,
      data: { id: 'mr_1', decision_code: 'no_match', status: 'pending_customer_review' },
    });
    const { json } = await api.get('/v1/summary');
    const { critical_results, match_reviews } = json as unknown as Record<
      string,
      { oldest_opened_at: string }
    >;
    const opened = Date.parse(critical_results?.oldest_opened_at ?? '');
    expect([critical_results, match_reviews]).toMatchObject([{ open: 2, overdue: 0 }, 1]);
    api.now = new Date(opened + 3_600_000);
    expect((await api.get('/v1/summary')).json).toMatchObject({ critical_results: { open: 2, overdue: 1 } });
  });

  test('reads at most 8 units for one team, with a few of everything that people act on', async () => {
    api = await QueryApi.open();
    for (const { body } of planDeliveries(journeys(7, 20))) await api.take(body);
    await api.settle();
    await api.deliver(criticalResult(1, march(3)), criticalResult(2, march(4)), {
      event_type: 'labtest.match_review.created',
      team_id: TEAM,
      data: { id: 'mr_1', decision_code: 'no_match', status: 'pending_customer_review' },
    });
    await recountAll(api.table, TEAM, march(9));
    await recordHeartbeat(api.table, { written_at: march(9) });
    const units = await unitsOf(() => api.as({ teamId: TEAM }).get('/v1/summary'));
    expect(units).toBeGreaterThan(0);
    expect(units).toBeLessThanOrEqual(8);
  });

  test('leaves out other teams if one team is configured', async () => {
    api = await QueryApi.open();
    await api.deliver(one(1, 'completed', { team_id: 'ours' }), one(2, 'completed', { team_id: 'theirs' }));
    await recountAll(api.table, 'ours', march(9));
    const { json } = await api.as({ teamId: 'ours' }).get('/v1/summary');
    expect(json).toMatchObject(await counted(['ours', null]));
  });
});

describe('the age of the newest webhook', () => {
  test('is that of the newest change that reached its transaction, and the stored time only increases', async () => {
    api = await QueryApi.open();
    api.now = new Date('2026-03-01T00:01:00Z');
    await recordHeartbeat(api.table, { written_at: '2026-03-01T00:00:30.000000Z' });
    await recordHeartbeat(api.table, { written_at: '2026-03-01T00:00:10.000000Z' });
    expect((await api.get('/v1/summary')).json).toMatchObject({
      newest_processed_at: '2026-03-01T00:00:30.000000Z',
      newest_webhook_age_seconds: 30,
    });
    api.now = new Date('2026-03-01T00:00:20Z');
    expect((await api.get('/v1/summary')).json).toMatchObject({ newest_webhook_age_seconds: 0 });
  });

  test('counts processed webhooks only, not registrations and reconciliations, and is stored every ten seconds', async () => {
    api = await QueryApi.open();
    onTestFinished(() => void vi.unstubAllEnvs());
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'] });
    const wait = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
    for (const name of Object.keys(clockVariables)) vi.stubEnv(name, 'P1D');
    for (const [name, value] of Object.entries({ LAB_TIME_ZONE: 'UTC', LOG_LEVEL: 'ERROR' })) {
      vi.stubEnv(name, value);
    }
    vi.stubEnv('TABLE_NAME', api.table.name);
    const { handler: invoke } = await import('../../../../functions/recompute/handler.ts');
    const handler = (event: Parameters<typeof invoke>[0]) => invoke(event, { awsRequestId: 'invocation' });
    const item = (unheard: number) => ({ ...orderKey(orderId(1)), version: 1, unheard });
    const change = (second: number, before: number, after: number): DynamoDBRecord => ({
      dynamodb: {
        ApproximateCreationDateTime: Date.UTC(2026, 2, 1, 0, 0, second) / 1_000,
        OldImage: marshall(item(before)) as Image,
        NewImage: marshall(item(after)) as Image,
      },
    });
    const newest = async () => (await api.get('/v1/summary')).json.newest_processed_at;
    expect(await handler({ Records: [change(1, 0, 1)] })).toEqual({ batchItemFailures: [] });
    expect(await newest()).toBeNull();
    await handler({ Records: [change(2, 1, 1), change(3, 1, 2)] });
    expect(await newest()).toBe('2026-03-01T00:00:02.000000Z');
    wait(9);
    await handler({ Records: [change(3, 1, 1)] });
    expect(await newest()).toBe('2026-03-01T00:00:02.000000Z');
    wait(1);
    const unreadable = {
      dynamodb: { SequenceNumber: '5', NewImage: { pk: { Z: 'no such type' } } as unknown as Image },
    };
    expect(await handler({ Records: [change(4, 1, 1), unreadable, change(6, 1, 1)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '5' }],
    });
    expect(await newest()).toBe('2026-03-01T00:00:04.000000Z');
  });
});

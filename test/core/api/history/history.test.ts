import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SummaryHistory } from '../../../../core/api/history/answer.ts';
import { spanOf } from '../../../../core/api/history/span.ts';
import { ServiceFault } from '../../../../tools/local/services/service-operation.ts';
import { serveOperations } from '../scene/local-metrics.ts';
import { type Asked, QueryApi } from '../scene/query-api.ts';

const OUTCOMES = [
  'applied',
  'merged',
  'superseded',
  'duplicate',
  'ignored',
  'quarantined',
  'refused',
  'failed',
];

let opened: QueryApi;
/** A newly started function. */
let api: QueryApi;
beforeAll(async () => {
  opened = await QueryApi.open();
});
afterAll(() => opened.close());
beforeEach(() => {
  api = opened.as({});
});

function measure(
  at: string,
  service: string,
  metrics: Record<string, number>,
  namespace = 'RedrawTracker/test',
) {
  for (const [name, value] of Object.entries(metrics)) {
    opened.metrics.record({ namespace, name, dimensions: { service }, values: [value], at: Date.parse(at) });
  }
}

async function history(query: string): Promise<SummaryHistory> {
  const { status, json, text } = await api.get(`/v1/summary/history${query}`);
  expect(status, text).toBe(200);
  return json as unknown as SummaryHistory;
}

const indexOf = ({ times }: SummaryHistory, time: string) => times.indexOf(`${time}.000000Z`);
const countsOf = ({ webhooks }: SummaryHistory, outcome: string) =>
  webhooks.find((one) => one.outcome === outcome)?.counts ?? [];
const nulls = (length: number) => Array.from({ length }, () => null);

describe('the periods', () => {
  const now = new Date('2026-03-10T13:37:42.123Z');

  test.each([
    [1, 300, 288],
    [2, 900, 192],
    [3, 900, 288],
    [4, 3_600, 96],
    [7, 3_600, 168],
    [12, 3_600, 288],
    [13, 21_600, 52],
    [30, 21_600, 120],
  ])('of %i days are %i s long, aligned, %i of them, up to the current one', (days, period, count) => {
    const { period_seconds, starts, end } = spanOf(days, now);
    expect([period_seconds, starts.length]).toEqual([period, count]);
    expect(
      starts.every((start, index) => start % period === 0 && start === end - (count - index) * period),
    ).toBe(true);
    const running = starts.at(-1) ?? 0;
    expect(running * 1_000).toBeLessThanOrEqual(now.getTime());
    expect(end * 1_000).toBeGreaterThan(now.getTime());
  });

  test('are those of seven days by default', async () => {
    api.now = now;
    const { from, to, period_seconds, times } = await history('');
    expect({ from, to, period_seconds }).toEqual({
      from: '2026-03-03T14:00:00.000000Z',
      to: '2026-03-10T14:00:00.000000Z',
      period_seconds: 3_600,
    });
    expect(times).toHaveLength(168);
    expect([times[0], times.at(-1)]).toEqual([from, '2026-03-10T13:00:00.000000Z']);
  });

  test.each(['0', '31', '-1', '1.5', '1e1', '07d', '', '100', '٣'])(
    'are refused for %j days',
    async (days) => {
      const { status, json } = await api.get(`/v1/summary/history?days=${encodeURIComponent(days)}`);
      expect([status, (json as { detail?: string }).detail]).toEqual([400, expect.stringContaining('days')]);
    },
  );
});

describe('the history', () => {
  test('holds null for every period if nothing was measured', async () => {
    api.now = new Date('2020-01-01T00:00:00Z');
    const { times, webhooks, redraws, projection_lag_seconds } = await history('?days=1');
    expect(webhooks.map(({ outcome }) => outcome)).toEqual(OUTCOMES);
    for (const { counts } of webhooks) expect(counts).toEqual(nulls(times.length));
    expect(redraws).toEqual({ open: nulls(times.length), stale: nulls(times.length) });
    expect(projection_lag_seconds).toEqual(nulls(times.length));
  });

  test('sums webhooks by outcome and period', async () => {
    measure('2026-03-10T09:00:00Z', 'webhook', { WebhookApplied: 1, WebhookQuarantined: 1 });
    measure('2026-03-10T09:59:59.999Z', 'webhook', { WebhookApplied: 1, WebhookRefused: 1 });
    measure('2026-03-10T10:00:00Z', 'webhook', { WebhookApplied: 1, WebhookFailed: 1 });
    measure('2026-03-10T10:30:00Z', 'webhook', { WebhookApplied: 7 }, 'RedrawTracker/other');
    measure('2026-03-10T10:30:00Z', 'review', { WebhookApplied: 7 });
    api.now = new Date('2026-03-10T10:45:00Z');
    const told = await history('?days=7');
    const nine = indexOf(told, '2026-03-10T09:00:00');
    const at = (index: number) =>
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countsOf(told, outcome)[index]]));
    const none = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, null]));
    expect(at(nine)).toEqual({ ...none, applied: 2, quarantined: 1, refused: 1 });
    expect(at(nine + 1)).toEqual({ ...none, applied: 1, failed: 1 });
    expect(nine + 1).toBe(told.times.length - 1);
    for (let index = 0; index < nine; index += 1) expect(at(index)).toEqual(none);
  });

  test('shows the maximum of redraws and of the lag', async () => {
    measure('2026-04-10T01:00:00Z', 'sweep', { RedrawsOpen: 9, RedrawsStale: 0 });
    measure('2026-04-10T01:15:00Z', 'sweep', { RedrawsOpen: 12, RedrawsStale: 2 });
    const lag = { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: { FunctionName: 'Projection' } };
    opened.metrics.record({ ...lag, values: [250, 1_250, 0], at: Date.parse('2026-04-10T01:15:30Z') });
    opened.metrics.record({ ...lag, values: [0], at: Date.parse('2026-04-10T02:15:30Z') });
    api.now = new Date('2026-04-10T02:30:00Z');
    const told = await history('?days=7');
    const one = indexOf(told, '2026-04-10T01:00:00');
    expect(told.redraws.open.slice(one)).toEqual([12, null]);
    expect(told.redraws.stale.slice(one)).toEqual([2, null]);
    expect(told.projection_lag_seconds.slice(one)).toEqual([1.25, 0]);
  });

  test('reads CloudWatch at most once a minute per number of days', async () => {
    const at = '2026-05-01T00:00:10Z';
    api.now = new Date(at);
    const before = await history('?days=1');
    measure(at, 'webhook', { WebhookApplied: 1 });
    api.now = new Date('2026-05-01T00:01:09.999Z');
    expect(await history('?days=1')).toEqual(before);
    expect(countsOf(await history('?days=2'), 'applied').at(-1)).toBe(1);
    api.now = new Date('2026-05-01T00:01:10Z');
    expect(countsOf(await history('?days=1'), 'applied').at(-1)).toBe(1);
  });
});

describe('when CloudWatch gives no data', () => {
  const target = 'GraniteServiceVersion20100801.GetMetricData';
  const inItsPlace = async (operation: () => unknown, timeLeft = 10_000) => {
    const served = await serveOperations({ [target]: operation });
    try {
      api = opened.as({ cloudWatch: served.client, timeLeft });
      return { asked: await api.get('/v1/summary/history'), unread: api.unread, faults: api.faults };
    } finally {
      await served.close();
    }
  };

  function expectUnavailable({ status, json, headers }: Asked) {
    expect({ status, json }).toEqual({
      status: 503,
      json: {
        type: 'about:blank',
        title: 'Service Unavailable',
        status: 503,
        detail: 'The metrics cannot be read. Try again later.',
      },
    });
    expect(headers).toMatchObject({ 'retry-after': '30', 'content-type': 'application/problem+json' });
  }

  test.each([
    ['throttles', new ServiceFault('ThrottlingException', 'Rate exceeded'), 3],
    ['fails', new Error('inside'), 3],
    ['does not permit it', new ServiceFault('AccessDeniedException', 'not authorized'), 1],
  ])('%s: the answer is 503, after another attempt if that may help', async (_, fault, tries) => {
    let calls = 0;
    const { asked, unread, faults } = await inItsPlace(() => {
      calls += 1;
      throw fault;
    });
    expectUnavailable(asked);
    expect([calls, unread.length, faults]).toEqual([tries, 1, []]);
  });

  test.each(['InternalError', 'Forbidden'])(
    'a metric with the status %s: the answer is 503',
    async (StatusCode) => {
      const results = [{ Id: 'applied', StatusCode, Timestamps: [], Values: [] }];
      expectUnavailable((await inItsPlace(() => ({ MetricDataResults: results }))).asked);
    },
  );

  test('little time left: the answer is 503 in time', async () => {
    const { asked, unread } = await inItsPlace(() => ({ MetricDataResults: [] }), 1);
    expectUnavailable(asked);
    expect(unread).toHaveLength(1);
  });

  test('a failure is not cached', async () => {
    let down = true;
    const served = await serveOperations({
      [target]: () => {
        if (down) throw new ServiceFault('AccessDeniedException', 'not authorized');
        return { MetricDataResults: [] };
      },
    });
    api = opened.as({ cloudWatch: served.client });
    expectUnavailable(await api.get('/v1/summary/history'));
    down = false;
    expect((await api.get('/v1/summary/history')).status).toBe(200);
    await served.close();
  });
});

test('results on several pages are combined', async () => {
  const seconds = Date.parse('2026-06-01T00:00:00Z') / 1_000;
  const page = (index: number, NextToken?: string) => ({
    MetricDataResults: [
      {
        Id: 'applied',
        StatusCode: 'PartialData',
        Timestamps: [seconds + index * 3_600],
        Values: [index + 1],
      },
    ],
    NextToken,
  });
  const tokens: unknown[] = [];
  const served = await serveOperations({
    'GraniteServiceVersion20100801.GetMetricData': ({ NextToken }) => {
      tokens.push(NextToken);
      return NextToken === undefined ? page(0, 'more') : page(1);
    },
  });
  api = opened.as({ cloudWatch: served.client });
  api.now = new Date('2026-06-01T01:30:00Z');
  expect(countsOf(await history(''), 'applied').slice(-2)).toEqual([1, 2]);
  expect(tokens).toEqual([undefined, 'more']);
  await served.close();
});

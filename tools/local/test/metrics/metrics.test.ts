import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
  type MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localClientSettings } from '../../database/client-settings.ts';
import { openDataDirectory } from '../../files/data-directory.ts';
import { cloudWatch } from '../../metrics/cloudwatch.ts';
import { embeddedMetrics, type Measurement } from '../../metrics/embedded-metrics.ts';
import { type MetricStore, openMetricStore } from '../../metrics/metric-store.ts';
import { type ServiceEndpoint, startServiceEndpoint } from '../../services/service-endpoint.ts';

const NOON = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

const measurement = (at: number, ...values: number[]): Measurement => ({
  namespace: 'Shop',
  name: 'Orders',
  dimensions: { service: 'till', floor: '1' },
  values,
  at,
});

describe('a log entry', () => {
  const line = (members: object, directive: object = {}) => ({
    _aws: {
      Timestamp: NOON,
      CloudWatchMetrics: [
        {
          Namespace: 'Shop',
          Dimensions: [['service']],
          Metrics: [{ Name: 'Orders', Unit: 'Count' }, { Name: 'Returns' }],
          ...directive,
        },
      ],
    },
    service: 'till',
    ...members,
  });
  const found = (name: string, values: number[], dimensions: object = { service: 'till' }) => ({
    namespace: 'Shop',
    name,
    dimensions,
    values,
    at: NOON,
  });

  it('has metrics with one or more values', () => {
    expect(embeddedMetrics(line({ Orders: 1, Returns: [2, 3], level: 'INFO' }))).toEqual([
      found('Orders', [1]),
      found('Returns', [2, 3]),
    ]);
  });

  it('has metrics once per set of dimensions', () => {
    const sets = { Dimensions: [['service', 'floor'], []] };
    expect(embeddedMetrics(line({ Orders: 1, floor: '2' }, sets))).toEqual([
      found('Orders', [1], { service: 'till', floor: '2' }),
      found('Orders', [1], {}),
    ]);
  });

  it.each<[string, unknown]>([
    ['no value of the metric', line({})],
    ['an invalid value', line({ Orders: 'many' })],
    ['a dimension without a value', line({ Orders: 1 }, { Dimensions: [['floor']] })],
    ['no directive', { Orders: 1, service: 'till' }],
    ['another use of _aws', { _aws: 'x', Orders: 1 }],
    ['no object', ['Orders']],
    ['nothing', null],
  ])('has no metrics with %s', (_, entry) => {
    expect(embeddedMetrics(entry)).toEqual([]);
  });
});

describe('GetMetricData', () => {
  let store: MetricStore;
  let services: ServiceEndpoint;
  let client: CloudWatchClient;

  beforeEach(async () => {
    const data = openDataDirectory(':memory:');
    store = openMetricStore(data, () => NOON);
    services = await startServiceEndpoint(cloudWatch(store));
    client = new CloudWatchClient({ ...localClientSettings(services.url), maxAttempts: 1 });
    // The store is in memory and no longer needs it.
    data.close();
  });

  afterEach(async () => {
    client.destroy();
    await services.stop();
    store.close();
  });

  const Metric = {
    Namespace: 'Shop',
    MetricName: 'Orders',
    Dimensions: [
      { Name: 'floor', Value: '1' },
      { Name: 'service', Value: 'till' },
    ],
  };
  const asking = (stat: Partial<MetricStat>, more: Partial<GetMetricDataCommandInput> = {}) =>
    new GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'a', MetricStat: { Metric, Period: 300, Stat: 'Sum', ...stat } }],
      StartTime: new Date(NOON),
      EndTime: new Date(NOON + 60 * MINUTE),
      ...more,
    });
  const ask = async (stat: Partial<MetricStat>, more: Partial<GetMetricDataCommandInput> = {}) => {
    const { MetricDataResults: [result] = [] } = await client.send(asking(stat, more));
    return (result?.Timestamps ?? []).map((at, index) => [
      (at.getTime() - NOON) / MINUTE,
      result?.Values?.[index],
    ]);
  };

  it('returns sum and maximum by period, newest first', async () => {
    store.record(measurement(NOON, 4, 1));
    store.record(measurement(NOON + 4.99 * MINUTE, 7));
    store.record(measurement(NOON + 5 * MINUTE, -2));
    store.record(measurement(NOON - 1, 100));
    store.record(measurement(NOON + 60 * MINUTE, 100));
    const of = async (Stat: string) => ask({ Stat });
    expect(await of('Sum')).toEqual([
      [5, -2],
      [0, 12],
    ]);
    expect(await of('Maximum')).toEqual([
      [5, -2],
      [0, 7],
    ]);
  });

  it('merges later values into a period that was already read', async () => {
    const all = async () => {
      const of = async (Stat: string) => (await ask({ Stat }))[0]?.[1];
      return [await of('Maximum'), await of('Sum')];
    };
    store.record(measurement(NOON, 3));
    expect(await all()).toEqual([3, 3]);
    store.record(measurement(NOON + 1, 5, 1));
    expect(await all()).toEqual([5, 9]);
    store.record(measurement(NOON, 2));
    expect(await all()).toEqual([5, 11]);
  });

  it('supports periods of any whole number of minutes', async () => {
    for (const minute of [0, 1, 59]) store.record(measurement(NOON + minute * MINUTE, 1));
    expect(await ask({ Period: 60 })).toEqual([
      [59, 1],
      [1, 1],
      [0, 1],
    ]);
    expect(await ask({ Period: 3_600 })).toEqual([[0, 3]]);
    expect(await ask({ Period: 86_400 }, { StartTime: new Date(NOON - DAY / 2) })).toEqual([[-720, 3]]);
  });

  it('answers each query by name, namespace and all dimensions, in any order', async () => {
    store.record(measurement(NOON, 1));
    const other = (id: string, metric: object) => ({
      Id: id,
      MetricStat: { Metric: { ...Metric, ...metric }, Period: 60, Stat: 'Sum' },
    });
    const queries = [
      other('same', { Dimensions: Metric.Dimensions.toReversed() }),
      other('fewer', { Dimensions: [{ Name: 'service', Value: 'till' }] }),
      other('elsewhere', { Namespace: 'Store' }),
      other('unknown', { MetricName: 'Nothing' }),
    ];
    const { MetricDataResults = [] } = await client.send(asking({}, { MetricDataQueries: queries }));
    expect(
      MetricDataResults.map(({ Id, Label, Values, StatusCode }) => [Id, Label, Values, StatusCode]),
    ).toEqual([
      ['same', 'Orders', [1], 'Complete'],
      ['fewer', 'Orders', [], 'Complete'],
      ['elsewhere', 'Orders', [], 'Complete'],
      ['unknown', 'Nothing', [], 'Complete'],
    ]);
  });

  const one = { Id: 'a', MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
  it.each<[string, GetMetricDataCommand, RegExp]>([
    ['an average', asking({ Stat: 'Average' }), /Sum and Maximum only/],
    ['another order', asking({}, { ScanBy: 'TimestampAscending' }), /ScanBy/],
    ['a label', asking({}, { MetricDataQueries: [{ ...one, Label: 'Of one' }] }), /Label/],
    ['parts of minutes', asking({ Period: 10 }), /by the minute/],
    ['a unit', asking({ Unit: 'Count' }), /Unit/],
    [
      'an expression',
      asking({}, { MetricDataQueries: [{ Id: 'a', Expression: 'SUM(METRICS())' }] }),
      /Expression/,
    ],
    ['a query twice', asking({}, { MetricDataQueries: [one, one] }), /unique/],
    ['an invalid id', asking({}, { MetricDataQueries: [{ ...one, Id: 'A' }] }), /Id/],
    ['nothing', asking({}, { MetricDataQueries: [] }), /MetricDataQueries/],
    ['another page', asking({}, { NextToken: 'x' }), /NextToken/],
    ['a time that ends before it starts', asking({}, { EndTime: new Date(NOON) }), /less than/],
    ['a start within a period', asking({}, { StartTime: new Date(NOON + MINUTE) }), /multiple/],
    ['too many datapoints', asking({ Period: 60 }, { EndTime: new Date(NOON + 71 * DAY) }), /100800/],
  ])('rejects %s with the reason', async (_, command, reason) => {
    const refused = await client.send(command).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'InvalidParameterValueException', $fault: 'client' });
    expect((refused as Error).message).toMatch(reason);
  });

  it('rejects other operations', async () => {
    await expect(client.send(new ListMetricsCommand({}))).rejects.toThrow(/does not support/);
  });
});

describe('the metric store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-metrics-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** One start of the stack at a time. */
  async function start(now: number, act: (store: MetricStore) => Promise<void> | void): Promise<void> {
    const data = openDataDirectory(join(folder, 'data'));
    const store = openMetricStore(data, () => now);
    await act(store);
    store.close();
    data.close();
  }
  const total = (store: MetricStore, from: number, to: number) =>
    store
      .read(measurement(0), { from: from / 1000, to: to / 1000, period: 3_600 })
      .reduce((sum, period) => sum + period.sum, 0);

  it('keeps metrics across restarts for 31 days', async () => {
    await start(NOON, (store) => store.record(measurement(NOON, 1)));
    await start(NOON + DAY, (store) => {
      store.record(measurement(NOON, 2));
      store.record(measurement(NOON + DAY, 4));
    });
    const all = (store: MetricStore) => total(store, NOON, NOON + 40 * DAY);
    await start(NOON + 30 * DAY, (store) => {
      store.record(measurement(NOON + 30 * DAY, 8));
      expect(all(store)).toBe(15);
    });
    await start(NOON + 31 * DAY + MINUTE, (store) => {
      store.record(measurement(NOON + 31 * DAY, 16));
      expect(all(store)).toBe(28);
    });
  });
});

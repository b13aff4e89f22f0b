import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAlarms } from '../../alarms/alarm-definition.ts';
import { type Alarms, openAlarms } from '../../alarms/alarms.ts';
import { type DataDirectory, openDataDirectory } from '../../files/data-directory.ts';
import { type MetricStore, openMetricStore } from '../../metrics/metric-store.ts';
import { openTemplate } from '../../template/template.ts';
import { destinations, type Message } from '../../topics-and-queues/destinations.ts';

const NOON = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;

const alarm = (MetricName: string, properties: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: `About ${MetricName}. What to do: https://example.com/runbook#${MetricName}`,
    Namespace: 'Shop',
    MetricName,
    Dimensions: [{ Name: 'service', Value: 'till' }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 3,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: 'Operators' }],
    OKActions: [{ Ref: 'Operators' }],
    ...properties,
  },
});

const addend = (Id: string, Value: string) => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'Shop', MetricName: 'Thefts', Dimensions: [{ Name: 'service', Value }] },
    Period: 300,
    Stat: 'Sum',
  },
  ReturnData: false,
});

const sum = [{ Id: 'e', Expression: 'SUM([a, b])' }, addend('a', 'till'), addend('b', 'cellar')];
const quiet = { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', Threshold: 1 };

let data: DataDirectory;
let metrics: MetricStore;
let sent: Message[];

beforeEach(() => {
  data = openDataDirectory(':memory:');
  metrics = openMetricStore(data, () => NOON);
  sent = [];
});

afterEach(() => {
  metrics.close();
  data.close();
});

function open(alarms: Record<string, object>): Alarms {
  const template = openTemplate({
    template: { Resources: { Operators: { Type: 'AWS::SNS::Topic' }, ...alarms } },
    assets: new Map(),
  });
  const known = destinations();
  known.add({ arn: 'arn:aws:sns:us-east-1:000000000000:Operators', accept: (message) => sent.push(message) });
  return openAlarms(readAlarms(template, known), { metrics, data, print: () => {}, report: () => {} });
}

function record(name: string, value: number, minute: number, service = 'till'): void {
  const measured = { namespace: 'Shop', name, dimensions: { service }, values: [value] };
  metrics.record({ ...measured, at: NOON + minute * MINUTE });
}

/** The states of which messages were sent when the alarms are evaluated at these minutes. */
function changes(alarms: Alarms, ...minutes: number[]): string[] {
  return minutes.map((minute) => {
    sent = [];
    alarms.evaluate(new Date(NOON + minute * MINUTE));
    return sent.map(({ subject }) => subject?.split(':')[0]).join();
  });
}

describe('an alarm', () => {
  it('goes off while the last full minutes of its period reach the threshold, and says so once', () => {
    const alarms = open({ Broken: alarm('Failures') });
    record('Failures', 2, 0);
    record('Failures', 1, 1);
    expect(changes(alarms, 1, 2, 3, 5, 6)).toEqual(['', 'ALARM', '', '', 'OK']);
  });

  it('needs every one of its periods', () => {
    const alarms = open({ Broken: alarm('Failures', { EvaluationPeriods: 2 }) });
    record('Failures', 9, 0);
    expect(changes(alarms, 5)).toEqual(['']);
    record('Failures', 9, 5);
    expect(changes(alarms, 10)).toEqual(['ALARM']);
  });

  it('for an expected event is triggered if there is no data', () => {
    const alarms = open({ Quiet: alarm('Sales', quiet) });
    expect(changes(alarms, 0)).toEqual(['ALARM']);
    record('Sales', 1, 0);
    expect(changes(alarms, 1, 5, 6)).toEqual(['OK', '', 'ALARM']);
  });

  it('that ignores missing data keeps its state without any', () => {
    const alarms = open({
      Waiting: alarm('Queue', { Statistic: 'Maximum', Threshold: 1, TreatMissingData: 'ignore' }),
    });
    record('Queue', 1, 0);
    expect(changes(alarms, 1, 20)).toEqual(['ALARM', '']);
    record('Queue', 0, 20);
    expect(changes(alarms, 21)).toEqual(['OK']);
  });

  it('adds up the metrics of a sum that have data', () => {
    const none = { Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined };
    const alarms = open({ Thefts: alarm('Thefts', { ...none, Dimensions: undefined, Metrics: sum }) });
    record('Thefts', 3, 0, 'cellar');
    expect(changes(alarms, 1)).toEqual(['ALARM']);
  });

  it('mails its description, and keeps its state over a restart', () => {
    const definition = { Quiet: alarm('Sales', quiet) };
    expect(changes(open(definition), 0)).toEqual(['ALARM']);
    expect(sent[0]?.body).toContain('About Sales. What to do: https://example.com/runbook#Sales\n');
    expect(changes(open(definition), 1)).toEqual(['']);
  });

  it('can be set to a state by hand, for a drill', () => {
    const { SetAlarmState, DescribeAlarms } = open({ Broken: alarm('Failures') }).operations;
    const request = { Action: 'SetAlarmState', Version: '2010-08-01' };
    SetAlarmState?.({ ...request, AlarmName: 'Broken', StateValue: 'ALARM', StateReason: 'drill' });
    expect(sent[0]?.body).toContain('because "drill"');
    expect(DescribeAlarms?.({ ...request, StateValue: 'ALARM' })).toMatchObject({
      MetricAlarms: [{ AlarmName: 'Broken', MetricName: 'Failures' }],
    });
  });

  it('without data is neither OK nor on, and is described with its reason to functions', () => {
    const { json, evaluate } = open({
      Waiting: alarm('Queue', { TreatMissingData: 'ignore' }),
      Broken: alarm('Failures'),
    });
    const describe = (ActionPrefix: string) =>
      json['GraniteServiceVersion20100801.DescribeAlarms']?.({ ActionPrefix });
    evaluate(new Date(NOON));
    expect(sent).toEqual([]);
    expect(describe('arn:aws:sns:us-east-1:000000000000:Oper')).toMatchObject({
      MetricAlarms: [
        {
          AlarmName: 'Waiting',
          StateValue: 'INSUFFICIENT_DATA',
          StateReason: 'Unchecked: Initial alarm creation',
        },
        { AlarmName: 'Broken', StateValue: 'OK', StateTransitionedTimestamp: NOON / 1_000 },
      ],
    });
    expect(describe('arn:aws:sns:us-east-1:000000000000:others')).toMatchObject({ MetricAlarms: [] });
  });

  it.each([
    ['a percentile', { Statistic: undefined, ExtendedStatistic: 'p99' }],
    ['datapoints to alarm', { DatapointsToAlarm: 1 }],
    ['another expression', { Metrics: [{ Id: 'e', Expression: 'a / b' }, addend('a', 'till')] }],
  ])('with %s is refused', (_, properties) => {
    expect(() => open({ Odd: alarm('Failures', properties) })).toThrow(/does not support .*Odd/);
  });
});

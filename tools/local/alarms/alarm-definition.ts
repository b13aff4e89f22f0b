import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { MetricName } from '../metrics/metric-store.ts';
import { type Template, unsupported } from '../template/template.ts';
import type { Destination, Destinations } from '../topics-and-queues/destinations.ts';

export interface AlarmDefinition {
  name: string;
  description: string;
  /** Their sum, if there are several. */
  metrics: MetricName[];
  statistic: 'Sum' | 'Average' | 'Maximum';
  /** The length of a period in minutes. */
  periodMinutes: number;
  /** The number of consecutive periods that must breach the threshold. */
  periods: number;
  threshold: number;
  /** The alarm goes off below the threshold; otherwise at or above it. */
  whenBelow: boolean;
  /** What a period without data counts as; `ignore` keeps the state. */
  withoutData: 'breaching' | 'notBreaching' | 'ignore';
  alarmActions: Destination[];
  okActions: Destination[];
}

const statistic = z.enum(['Sum', 'Average', 'Maximum']);
const period = z.int().multipleOf(60, 'the local run keeps metrics by the minute');

const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

const sumSchema = z.object({ Expression: z.string().regex(/^SUM\(\[[\w, ]+\]\)$/, 'not a sum') });
const addendSchema = z.object({
  Id: z.string(),
  MetricStat: z.object({ Metric: metricSchema, Period: period, Stat: z.literal('Sum') }),
});

const alarmSchema = z.object({
  AlarmDescription: z.string().default(''),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  Threshold: z.number(),
  EvaluationPeriods: z.int(),
  DatapointsToAlarm: unsupported,
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore']),
  AlarmActions: z.array(z.string()),
  OKActions: z.array(z.string()).default([]),
  InsufficientDataActions: unsupported,
  ExtendedStatistic: unsupported,
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: metricSchema.shape.Dimensions,
  Period: period.optional(),
  Statistic: statistic.optional(),
  Metrics: z.array(z.union([sumSchema, addendSchema])).default([]),
});

type Properties = z.output<typeof alarmSchema>;

/** The template's alarms: of one metric, or of the sum of several. */
export function readAlarms(template: Template, destinations: Destinations): AlarmDefinition[] {
  return template.resources('AWS::CloudWatch::Alarm').map((id) => {
    const properties = template.read(id, alarmSchema);
    const name = template.nameOf(id);
    const actions = (arns: string[]) => arns.map((arn) => destinations.find(arn, `alarm ${id}`));
    return {
      ...(properties.Metrics.length > 0 ? sumOf(id, properties) : singleMetric(id, properties)),
      name,
      description: properties.AlarmDescription,
      periods: properties.EvaluationPeriods,
      threshold: properties.Threshold,
      whenBelow: properties.ComparisonOperator === 'LessThanThreshold',
      withoutData: properties.TreatMissingData,
      alarmActions: actions(properties.AlarmActions),
      okActions: actions(properties.OKActions),
    };
  });
}

type Measured = Pick<AlarmDefinition, 'metrics' | 'statistic' | 'periodMinutes'>;

function singleMetric(id: string, { Statistic, Period, ...metric }: Properties): Measured {
  const { success, data } = metricSchema.safeParse(metric);
  if (!success || !Statistic || !Period) {
    throw new Problem(`The local run does not support the alarm ${id}: it has no metric with a statistic.`);
  }
  return { metrics: [metricName(data)], statistic: Statistic, periodMinutes: Period / 60 };
}

function sumOf(id: string, { Metrics }: Properties): Measured {
  const addends = Metrics.flatMap((one) => ('MetricStat' in one ? [one.MetricStat] : []));
  const [first] = addends;
  if (
    !first ||
    addends.length !== Metrics.length - 1 ||
    addends.some(({ Period }) => Period !== first.Period)
  ) {
    throw new Problem(
      `The local run does not support the alarm ${id}: it is not the sum of metrics with one period.`,
    );
  }
  return {
    metrics: addends.map(({ Metric }) => metricName(Metric)),
    statistic: 'Sum',
    periodMinutes: first.Period / 60,
  };
}

function metricName({ Namespace, MetricName: name, Dimensions }: z.output<typeof metricSchema>): MetricName {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { namespace: Namespace, name, dimensions };
}

import * as metricNames from '../../core/telemetry/metric-names.ts';
import type { Template } from '../local/template/template.ts';
import { MINUTES_PER_MONTH } from './assumptions.ts';
import type { Measured } from './measured.ts';

/** The properties of a resource as the template has them. */
export type Properties = Readonly<Record<string, unknown>>;

/** The same of a template as the local run reads it. */
export function countsOf(template: Template): Measured['deployed'] {
  return deployedCounts((type) =>
    Object.fromEntries(template.resources(type).map((id) => [id, template.properties(id)])),
  );
}

/**
 * The parts of a template with a fixed monthly cost, and the memory of its functions.
 *
 * @param of the properties of all resources of a type, by logical id
 */
export function deployedCounts(
  of: (type: string) => Readonly<Record<string, Properties>>,
): Measured['deployed'] {
  const count = (type: string) => Object.keys(of(type)).length;
  const functions = Object.entries(of('AWS::Lambda::Function')).map(([id, properties]) => ({
    id,
    name: serviceNameOf(properties),
    mb: Number(properties.MemorySize ?? 128),
  }));
  const memory = (name: string) => functions.find((one) => one.name === name)?.mb ?? 128;
  const runs = (name: string) =>
    Object.values(of('AWS::Scheduler::Schedule'))
      .filter((schedule) => functions.some((one) => one.name === name && one.id === targetOf(schedule)))
      .reduce((sum, schedule) => sum + runsPerMonth(schedule), 0);
  const programs = Object.values(of('AWS::Cognito::UserPoolClient')).filter(({ AllowedOAuthFlows }) =>
    JSON.stringify(AllowedOAuthFlows ?? '').includes('client_credentials'),
  );
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    alarm_metrics: Object.values(of('AWS::CloudWatch::Alarm')).reduce(
      (sum, alarm) => sum + watchedMetrics(alarm),
      0,
    ),
    metrics: countedMetrics((asked) => functions.some(({ name }) => name === asked)),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    keys: count('AWS::KMS::Key'),
    secrets: count('AWS::SecretsManager::Secret'),
    machine_clients: programs.length,
    sweeps_per_month: runs('sweep'),
    redrives_per_month: runs('redrive'),
    webhook_mb: memory('webhook'),
    recompute_mb: memory('recompute'),
    publish_mb: memory('publish'),
    query_mb: memory('query'),
    sweep_mb: memory('sweep'),
    redrive_mb: memory('redrive'),
  };
}

/** An alarm on an expression is billed for each of its metrics. https://aws.amazon.com/cloudwatch/pricing/ */
function watchedMetrics({ Metrics }: Properties): number {
  const parts = (Metrics ?? []) as readonly { MetricStat?: unknown }[];
  return Math.max(1, parts.filter(({ MetricStat }) => MetricStat !== undefined).length);
}

/** The metrics that the functions count. A template lists only those that something watches. */
function countedMetrics(has: (name: string) => boolean): number {
  const { messageMetrics, messageOutcomeMetrics, ownerMailMetrics, ...others } = metricNames;
  return [
    others,
    ...(has('messages') ? [messageMetrics, messageOutcomeMetrics] : []),
    ...(has('owner-mails') ? [ownerMailMetrics] : []),
  ]
    .flatMap((set) => Object.values(set))
    .flatMap((names) => (typeof names === 'string' ? names : Object.values(names))).length;
}

function serviceNameOf({ Environment }: Properties): unknown {
  const { Variables } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
  return Variables?.SERVICE_NAME;
}

/** The logical id of the function that a schedule invokes. */
function targetOf({ Target }: Properties): unknown {
  const { Arn } = Target as { Arn?: { 'Fn::GetAtt'?: readonly unknown[] } };
  return Arn?.['Fn::GetAtt']?.[0];
}

/** Only rates count; a weekly review costs almost nothing. */
function runsPerMonth({ ScheduleExpression }: Properties): number {
  const [, amount = '0', unit = ''] = /^rate\((\d+) (minute|hour|day)/.exec(String(ScheduleExpression)) ?? [];
  const minutes = Number(amount) * ({ minute: 1, hour: 60, day: 1_440 }[unit] ?? 0);
  return minutes === 0 ? 0 : MINUTES_PER_MONTH / minutes;
}

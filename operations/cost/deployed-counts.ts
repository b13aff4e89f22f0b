import * as metricNames from '../../core/telemetry/metric-names.ts';
import type { Template } from '../../local/template/template.ts';
import type { Measured } from './measured.ts';

/** The properties of a resource as the template has them. */
export type Properties = Readonly<Record<string, unknown>>;

const MINUTES_PER_MONTH = 43_800;

/** The same of a template as the local run reads it. */
export function countsOf(template: Template): Measured['deployed'] {
  return deployedCounts((type) => template.resources(type).map((id) => template.properties(id)));
}

/**
 * The parts of a template with a fixed monthly cost, and the memory of its functions.
 *
 * @param of the properties of all resources of a type
 */
export function deployedCounts(of: (type: string) => readonly Properties[]): Measured['deployed'] {
  const count = (type: string) => of(type).length;
  const memory = (name: string) =>
    Number(functionNamed(of('AWS::Lambda::Function'), name)?.MemorySize ?? 128);
  const programs = of('AWS::Cognito::UserPoolClient').filter(({ AllowedOAuthFlows }) =>
    JSON.stringify(AllowedOAuthFlows ?? '').includes('client_credentials'),
  );
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    // A template lists only the metrics that something watches.
    metrics: Object.values(metricNames).flatMap((names) => Object.values(names)).length,
    dashboards: count('AWS::CloudWatch::Dashboard'),
    keys: count('AWS::KMS::Key'),
    secrets: count('AWS::SecretsManager::Secret'),
    machine_clients: programs.length,
    schedules_per_month: of('AWS::Scheduler::Schedule').reduce((sum, one) => sum + runsPerMonth(one), 0),
    webhook_mb: memory('webhook'),
    recompute_mb: memory('recompute'),
    publish_mb: memory('publish'),
    query_mb: memory('query'),
    sweep_mb: memory('sweep'),
  };
}

function functionNamed(functions: readonly Properties[], name: string): Properties | undefined {
  return functions.find(({ Environment }) => {
    const { Variables } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
    return Variables?.SERVICE_NAME === name;
  });
}

/** Only rates count; a weekly review costs almost nothing. */
function runsPerMonth({ ScheduleExpression }: Properties): number {
  const [, amount = '0', unit = ''] = /^rate\((\d+) (minute|hour|day)/.exec(String(ScheduleExpression)) ?? [];
  const minutes = Number(amount) * ({ minute: 1, hour: 60, day: 1_440 }[unit] ?? 0);
  return minutes === 0 ? 0 : MINUTES_PER_MONTH / minutes;
}

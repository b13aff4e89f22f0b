import type { SynthesizedStack } from '../../synthesized-stack.ts';

/** The properties of the alarms of a stack. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any form; the assertions check it
export function alarmsOf(stack: SynthesizedStack): any[] {
  return Object.values(stack.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
}

/** The metric of an alarm, or those of its expression. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export function metricsOf({ Metrics, ...alarm }: any): any[] {
  if (!Metrics) return [alarm];
  // biome-ignore lint/suspicious/noExplicitAny: as above
  return Metrics.flatMap(({ MetricStat }: any) =>
    MetricStat ? [{ ...MetricStat.Metric, Period: MetricStat.Period, Statistic: MetricStat.Stat }] : [],
  );
}

/** The texts of alarms. */
export const textsOf = (stack: SynthesizedStack): string[] =>
  alarmsOf(stack).map(({ AlarmDescription }) => JSON.stringify(AlarmDescription));

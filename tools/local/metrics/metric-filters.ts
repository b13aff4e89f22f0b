import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { Template } from '../template/template.ts';
import { matchesWildcard } from '../wildcard.ts';
import type { Measurement } from './embedded-metrics.ts';

/** The measurements that a line of the log gives. */
export type MetricFilter = (line: string, at: Date) => Measurement[];

const filterSchema = z.object({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  MetricTransformations: z
    .array(
      z.strictObject({
        MetricNamespace: z.string(),
        MetricName: z.string(),
        MetricValue: z.literal('1'),
        Dimensions: z.array(z.object({ Key: z.string(), Value: z.string().startsWith('$.') })).default([]),
      }),
    )
    .length(1),
});

/** @throws Problem if a metric filter reads another log group */
export function readMetricFilters(template: Template, logGroup: string | undefined): MetricFilter[] {
  return template.resources('AWS::Logs::MetricFilter').map((id) => {
    const { LogGroupName, FilterPattern, MetricTransformations } = template.read(id, filterSchema);
    if (LogGroupName !== logGroup) {
      throw new Problem(
        `The metric filter ${id} reads the log group ${LogGroupName}; the local run supports filters of the access log only.`,
      );
    }
    const matches = logPattern(FilterPattern);
    if (!matches) throw new Problem(`The local run does not support the pattern of ${id}: ${FilterPattern}`);
    return (line, at) => {
      const members = JSON.parse(line) as Record<string, unknown>;
      if (!matches(members)) return [];
      return MetricTransformations.map(({ MetricNamespace, MetricName, Dimensions }) => ({
        namespace: MetricNamespace,
        name: MetricName,
        dimensions: Object.fromEntries(
          Dimensions.map(({ Key, Value }) => [Key, String(members[Value.slice(2)] ?? '')]),
        ),
        values: [1],
        at: at.getTime(),
      }));
    };
  });
}

const CONDITION = /^\(?\s*\$\.(\w+)\s*(=|!=)\s*"([^"]*)"\s*\)?$/;

/**
 * A pattern of CloudWatch Logs for lines in JSON: comparisons of members with texts, joined by `&&`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @returns undefined for another pattern
 */
export function logPattern(
  pattern: string,
): ((members: Readonly<Record<string, unknown>>) => boolean) | undefined {
  const [, joined] = /^\{(.*)\}$/.exec(pattern.trim()) ?? [];
  if (joined === undefined) return undefined;
  const conditions = joined.split('&&').map((condition) => CONDITION.exec(condition.trim()));
  if (conditions.includes(null)) return undefined;
  const known = conditions.filter((condition) => condition !== null);
  return (members) =>
    known.every(([, member = '', comparison, text = '']) => {
      const value = members[member];
      const isEqual = value !== undefined && matchesWildcard(text, String(value));
      return comparison === '=' ? isEqual : !isEqual;
    });
}

import * as z from 'zod';

/** The values of a metric at one time. */
export interface Measurement {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const name = z.string().min(1);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const embedded = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: name,
        Dimensions: z.array(z.array(name)),
        Metrics: z.array(z.object({ Name: name })),
      }),
    ),
  }),
});

const valuesOfMetric = z.union([z.number().transform((one) => [one]), z.array(z.number()).min(1).max(100)]);

/** The metrics in a log entry, once per set of dimensions. Empty if it is not in the embedded metric format. */
export function embeddedMetrics(entry: unknown): Measurement[] {
  const { data } = embedded.safeParse(entry);
  if (!data) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = data._aws;
  const members = entry as Record<string, unknown>;
  return directives.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = dimensionsOf(names, members);
      if (!dimensions) return [];
      return Metrics.flatMap(({ Name }) => {
        const { data: values } = valuesOfMetric.safeParse(members[Name]);
        return values ? [{ namespace, name: Name, dimensions, values, at }] : [];
      });
    }),
  );
}

function dimensionsOf(
  names: readonly string[],
  members: Record<string, unknown>,
): Record<string, string> | undefined {
  const values = names.map((one) => [one, members[one]] as const);
  return values.every((pair): pair is [string, string] => typeof pair[1] === 'string')
    ? Object.fromEntries(values)
    : undefined;
}

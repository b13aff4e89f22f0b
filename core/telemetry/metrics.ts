import { storeMetrics } from './metric-names.ts';

const counts = new Map<string, number>();

/** What any function may count: without a dimension, so that one alarm on one metric watches them all. */
const ofAllFunctions = new Set<string>(Object.values(storeMetrics));

/** Metrics in the namespace `METRICS_NAMESPACE`, with the dimension `service` unless all functions share the metric. */
export const metrics = {
  /** Adds to a count. A count of 0 is written too: it shows that the check ran and found nothing. */
  count(name: string, by = 1): void {
    counts.set(name, (counts.get(name) ?? 0) + by);
  },

  /** Writes the counts since the last call as one line of the log. CloudWatch turns that line into metrics. */
  write(): void {
    if (counts.size === 0) return;
    const { METRICS_NAMESPACE: Namespace, SERVICE_NAME: service } = process.env;
    const directive = (isShared: boolean) => ({
      Namespace,
      Dimensions: [isShared ? [] : ['service']],
      Metrics: [...counts.keys()]
        .filter((name) => ofAllFunctions.has(name) === isShared)
        .map((Name) => ({ Name, Unit: 'Count' })),
    });
    // The embedded metric format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    const _aws = {
      Timestamp: Date.now(),
      CloudWatchMetrics: [directive(false), directive(true)].filter(({ Metrics }) => Metrics.length > 0),
    };
    process.stdout.write(`${JSON.stringify({ _aws, service, ...Object.fromEntries(counts) })}\n`);
    counts.clear();
  },
};

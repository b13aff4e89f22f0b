const counts = new Map<string, number>();

/** Counts of what happened, as metrics of `METRICS_NAMESPACE` under the dimension `service`. */
export const metrics = {
  /** Adds to a count; a count of 0 says that it was looked at, and nothing was there. */
  count(name: string, by = 1): void {
    counts.set(name, (counts.get(name) ?? 0) + by);
  },

  /** Writes what was counted since the last time as one line of the log, from which CloudWatch makes the metrics. */
  write(): void {
    if (counts.size === 0) return;
    const { METRICS_NAMESPACE: Namespace, SERVICE_NAME: service } = process.env;
    const Metrics = [...counts.keys()].map((Name) => ({ Name, Unit: 'Count' }));
    // The embedded metric format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    const _aws = {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace, Dimensions: [['service']], Metrics }],
    };
    process.stdout.write(`${JSON.stringify({ _aws, service, ...Object.fromEntries(counts) })}\n`);
    counts.clear();
  },
};

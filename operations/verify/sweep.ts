import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { sweepMetrics } from '../../core/telemetry/metric-names.ts';
import { type Check, failed, passed } from './check.ts';

const PERIOD = 60;

/** Checks that a sweep finished within the last two intervals, as its alarm does. */
export const sweepCheck: Check = {
  name: 'sweep',
  permissions: ['cloudwatch:GetMetricData'],
  async look({ clients, metricsNamespace, sweepInterval }) {
    const minute = Math.floor(Date.now() / 60_000);
    const minutes = Math.ceil((2 * sweepInterval) / 60_000);
    const { MetricDataResults = [] } = await clients.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date((minute - minutes) * 60_000),
        EndTime: new Date((minute + 1) * 60_000),
        MetricDataQueries: [
          {
            Id: 'finished',
            MetricStat: {
              Metric: {
                Namespace: metricsNamespace,
                MetricName: sweepMetrics.finished,
                Dimensions: [{ Name: 'service', Value: 'sweep' }],
              },
              Period: PERIOD,
              Stat: 'Sum',
            },
          },
        ],
      }),
    );
    const runs = (MetricDataResults[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
    if (runs > 0) return passed(`${runs} sweeps have finished in the last ${minutes} minutes.`);
    return failed(
      `No sweep has finished in the last ${minutes} minutes.`,
      'Right after the first deployment, wait for the first one. Otherwise see docs/operations/runbook.md, "Sweep not running".',
    );
  },
};

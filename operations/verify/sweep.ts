import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { sweepMetrics } from '../../core/telemetry/metric-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Check, failed, notSetUp, passed } from './check.ts';

const PERIOD = 60;

/** Checks that a sweep finished within the last two intervals, as its alarm does. */
export const sweepCheck: Check = {
  name: 'sweep',
  permissions: ['cloudwatch:GetMetricData'],
  async look(deployment) {
    const { clients, metricsNamespace, sweepInterval } = deployment;
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
    const age = await minutesSinceCreation(deployment);
    if (age < minutes) {
      return notSetUp(
        `The stack is ${age} minutes old, and the first sweep has not finished yet.`,
        `Verify again in ${minutes - age} minutes.`,
      );
    }
    return failed(
      `No sweep has finished in the last ${minutes} minutes.`,
      'See docs/operations/runbook.md, "Sweep not running".',
    );
  },
};

async function minutesSinceCreation({ clients, stackNames: [StackName] }: Deployment): Promise<number> {
  const { Stacks = [] } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const created = Stacks[0]?.CreationTime?.getTime() ?? 0;
  return Math.floor((Date.now() - created) / 60_000);
}

import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Capability } from '../../lib/capability/capability.ts';
import { graph } from '../../lib/metrics/graph.ts';
import { fiveMinutes } from '../../lib/metrics/metrics.ts';
import { OrderingApi } from './lib/ordering-api.ts';

/** Orders, appointments and cancellations that are passed on to Junction. */
export const ordering: Capability = {
  name: 'ordering',
  rebuilds: false,
  isOn: (configuration) => configuration.ordering === 'on',
  addTo: (scope, stack) => {
    const { lambda } = new OrderingApi(scope, 'OrderingApi', stack).function;
    return {
      addAlarms: (alarms) =>
        alarms.add('OrderingErrors', {
          metric: lambda.metricErrors({ period: fiveMinutes }),
          threshold: 1,
          meaning:
            'The ordering function crashed or timed out. A caller does not know whether Junction accepted an order or booking; repeating the same request tells them.',
          runbook: 'ordering-errors',
        }),
      widgets: [
        graph('Duration of ordering, p95 (ms)', [lambda.metricDuration({ statistic: Stats.percentile(95) })]),
        graph('Errors of ordering', [lambda.metricErrors()]),
      ],
      outputs: {
        JunctionWriteKeyArn: {
          value: stack.junctionWriteKey.secretArn,
          description: "Store the key for Junction's API that may place orders here",
        },
      },
    };
  },
};

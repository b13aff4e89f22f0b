import type { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../../../lib/configuration/configuration.ts';
import { graph } from '../../../lib/metrics/graph.ts';
import { allCounters } from '../../../lib/metrics/metrics.ts';
import type { PatientMessages } from './patient-messages.ts';

export function messageWidgets(
  { sending, outcomes, requests }: PatientMessages,
  configuration: Configuration,
): GraphWidget[] {
  const functions = [sending, outcomes, requests].map((part) => part.function.lambda);
  return [
    graph('Messages to patients', allCounters(configuration, 'messages'), 12),
    graph('Outcomes of messages', allCounters(configuration, 'message-outcomes')),
    graph(
      'Errors of messages',
      functions.map((lambda) => lambda.metricErrors()),
    ),
  ];
}

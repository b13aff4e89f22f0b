import { Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmScopes, historyScopes } from '../../core/http/route-scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { Projection } from '../projection/projection.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface HistoryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  /** Reports the lag. */
  readonly projection: Projection;
  /** The topic that the alarms notify. */
  readonly operatorsTopic: ITopic;
}

/**
 * Reports the history of webhooks and redraws from CloudWatch metrics, and the alarms. A separate function, because no other needs
 * CloudWatch's client and this one needs no access to the table.
 */
export class HistoryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, projection, operatorsTopic }: HistoryApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'History', {
      context,
      name: 'history',
      description: 'Reports the history of webhooks and redraws from metrics, and the alarms',
      environment: {
        PROJECTION_FUNCTION_NAME: projection.function.lambda.functionName,
        OPERATORS_TOPIC_ARN: operatorsTopic.topicArn,
      },
    });
    this.function.permit({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] });
    this.function.acknowledgeWildcard(
      '*',
      'cloudwatch:GetMetricData supports neither resources nor conditions. Metrics are named numbers, and the route returns only a fixed list of them.',
    );
    // DescribeAlarms takes the ARNs of alarms as resources; GetMetricData has none:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
    const alarms = Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm:*' });
    this.function.permit({ actions: ['cloudwatch:DescribeAlarms'], resources: [alarms] });
    this.function.acknowledgeWildcard(
      alarms,
      'cloudwatch:DescribeAlarms without names needs all alarms of the region. The function asks for those that notify the operators, and the route returns no others.',
    );
    // CloudWatch allows 50 reads of metrics and 9 of alarms per second and account, which consoles and dashboards share.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    api.addProtectedRoutes(
      this.function,
      { ...historyScopes, ...alarmScopes },
      { requestsPerSecond: 5, burst: 10 },
    );
  }
}

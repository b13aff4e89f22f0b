import { Construct } from 'constructs';
import { historyScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { Projection } from '../projection/projection.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface HistoryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  /** Reports the lag. */
  readonly projection: Projection;
}

/**
 * Reports the history of webhooks and redraws from CloudWatch metrics. A separate function, because no other needs
 * CloudWatch's client and this one needs no access to the table.
 */
export class HistoryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, projection }: HistoryApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'History', {
      context,
      name: 'history',
      description: 'Reports the history of webhooks and redraws from metrics',
      environment: { PROJECTION_FUNCTION_NAME: projection.function.lambda.functionName },
    });
    this.function.permit({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] });
    this.function.acknowledgeWildcard(
      '*',
      'cloudwatch:GetMetricData supports neither resources nor conditions. Metrics are named numbers, and the route returns only a fixed list of them.',
    );
    // CloudWatch allows 50 reads per second and account, which alarms and dashboards share.
    api.addProtectedRoutes(this.function, historyScopes, { requestsPerSecond: 5, burst: 10 });
  }
}

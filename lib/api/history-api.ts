import { Construct } from 'constructs';
import { historyScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { Projection } from '../projection/projection.ts';
import type { HttpEntrance } from './http-api.ts';

export interface HistoryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  /** Whose lag is told. */
  readonly projection: Projection;
}

/**
 * Tells how the deployment fared, from the metrics of its functions. A function of its own, because no other needs
 * CloudWatch's client or may read metrics, and this one needs nothing of the table.
 */
export class HistoryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, projection }: HistoryApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'History', {
      context,
      name: 'history',
      description: 'Tells from metrics how webhooks and redraws fared',
      environment: { PROJECTION_FUNCTION_NAME: projection.function.lambda.functionName },
    });
    this.function.permit({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] });
    this.function.acknowledgeWildcard(
      '*',
      'CloudWatch knows no resources or conditions to narrow the reading of metrics by. They are numbers under names, and the route answers only those that it names itself.',
    );
    // CloudWatch takes 50 reads a second of an account, which its alarms and dashboards need as well.
    api.addProtectedRoutes(this.function, historyScopes, { requestsPerSecond: 5, burst: 10 });
  }
}

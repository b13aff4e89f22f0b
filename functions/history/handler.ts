import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type HistoryContext, routes } from '../../core/api/history/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { httpFunction } from '../../core/http/http-function.ts';
import { apiRequestId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);

const context: HistoryContext = {
  client: new CloudWatchClient(QUICK),
  place: {
    namespace: env.METRICS_NAMESPACE,
    projectionFunction: env.PROJECTION_FUNCTION_NAME,
  },
  onReadError: log('cannot read metrics'),
  clock: () => new Date(),
  cache: new Map(),
};

function log(message: string) {
  return (error: unknown) =>
    logger.error(message, {
      error_name: error instanceof Error ? error.name : 'unknown',
      error_message: error instanceof Error ? error.message : undefined,
    });
}

/** Answers with the recent metrics of the deployment. */
export const handler = identified(httpFunction(routes, context, log('request failed')), apiRequestId);

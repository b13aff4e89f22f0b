import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { apiHandler } from '../../core/api/api-handler.ts';
import { type HistoryContext, routes } from '../../core/api/history/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { errorFields, logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);

const context: HistoryContext = {
  client: new CloudWatchClient(QUICK),
  place: {
    namespace: env.METRICS_NAMESPACE,
    projectionFunction: env.PROJECTION_FUNCTION_NAME,
  },
  onReadError: (error) => logger.error('cannot read metrics', errorFields(error)),
  clock: () => new Date(),
  cache: new Map(),
};

/** Answers with the recent metrics of the deployment. */
export const handler = apiHandler(routes, context);

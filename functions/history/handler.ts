import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type AlarmsContext, routes as alarmRoutes } from '../../core/api/alarms/routes.ts';
import { apiHandler } from '../../core/api/api-handler.ts';
import { type HistoryContext, routes as historyRoutes } from '../../core/api/history/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { errorFields, logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);

const context: HistoryContext & AlarmsContext = {
  client: new CloudWatchClient(QUICK),
  place: {
    namespace: env.METRICS_NAMESPACE,
    projectionFunction: env.PROJECTION_FUNCTION_NAME,
  },
  operatorsTopicArn: env.OPERATORS_TOPIC_ARN,
  onReadError: (error) => logger.error('cannot read CloudWatch', errorFields(error)),
  clock: () => new Date(),
  cache: new Map(),
  alarmsCache: {},
};

/** Answers with the recent metrics of the deployment, and with its alarms. */
export const handler = apiHandler({ ...historyRoutes, ...alarmRoutes }, context);

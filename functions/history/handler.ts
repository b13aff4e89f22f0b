import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { routes, type Telling } from '../../core/api/history/routes.ts';
import { httpFunction } from '../../core/http/http-function.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);

const telling: Telling = {
  client: new CloudWatchClient({ maxAttempts: 3 }),
  place: {
    namespace: env.METRICS_NAMESPACE,
    projectionFunction: env.PROJECTION_FUNCTION_NAME,
  },
  onUnread: log('metrics not read'),
  clock: () => new Date(),
  told: new Map(),
};

function log(message: string) {
  return (error: unknown) =>
    logger.error(message, {
      error_name: error instanceof Error ? error.name : 'unknown',
      error_message: error instanceof Error ? error.message : undefined,
    });
}

/** Tells from the metrics of the other functions how the deployment fared. */
export const handler = httpFunction(routes, telling, log('request failed'));

import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Problem, problemDetails } from '../http/problem.ts';
import { clocksOf } from '../projection/clocks.ts';
import { pauseBetweenWriters } from '../projection/retry.ts';
import { openTable } from '../store/table.ts';
import { Cursors } from './cursors.ts';
import { environment } from './env.ts';
import { type Answering, routes } from './routes.ts';

const env = environment.parse(process.env);
const logger = new Logger();
const answering: Answering = {
  projection: { table: openTable(env.TABLE_NAME), clocks: clocksOf(env), pause: pauseBetweenWriters },
  cursors: new Cursors(new SecretsManagerClient({ maxAttempts: 3 }), env.CURSOR_SECRET_ARN),
  clock: () => new Date(),
};

/** Finds the route and answers; who may ask, API Gateway has checked before. */
async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
  if (!route) throw new Problem(404, 'There is no such route.');
  return route(answering, {
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8'),
  });
}

function report(error: unknown): void {
  logger.error('request failed', {
    error_name: error instanceof Error ? error.name : 'unknown',
    error_message: error instanceof Error ? error.message : undefined,
  });
}

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(problemDetails(report, () => new Problem(500, 'Something went wrong here; try again.')))
  .handler(answer);

import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Problem, problemDetails } from '../http/problem.ts';
import { ApiKey } from '../junction/api-key.ts';
import { clocksOf } from '../projection/clocks.ts';
import { pauseBetweenWriters } from '../projection/retry.ts';
import { openTable } from '../store/table.ts';
import { Cursors } from './cursors.ts';
import { environment } from './env.ts';
import type { Answer, Answering, Route } from './route.ts';
import { routes } from './routes.ts';

/** What is written to the API is short; API Gateway takes 10 MB. */
const MAX_BODY_BYTES = 65_536;

const env = environment.parse(process.env);
const logger = new Logger();
const table = openTable(env.TABLE_NAME);
const secrets = new SecretsManagerClient({ maxAttempts: 3 });
const answering: Answering = {
  projection: { table, clocks: clocksOf(env), pause: pauseBetweenWriters },
  cursors: new Cursors(secrets, env.CURSOR_SECRET_ARN),
  receiving: { table, quarantineRetentionDays: env.QUARANTINE_RETENTION_DAYS },
  junction: { baseUrl: env.JUNCTION_BASE_URL, apiKey: new ApiKey(secrets, env.JUNCTION_API_KEY_ARN) },
  teamId: env.TEAM_ID ?? null,
  clock: () => new Date(),
};

/** Finds the route and answers; who may ask, API Gateway has checked before. */
async function answer(event: APIGatewayProxyEventV2, context: Context): Promise<Answer> {
  const known: Readonly<Record<string, Route>> = routes;
  const route = Object.hasOwn(known, event.routeKey) ? known[event.routeKey] : undefined;
  if (!route) throw new Problem(404, 'There is no such route.');
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > MAX_BODY_BYTES) throw new Problem(413, 'The body is larger than 64 KiB.');
  return route.answer(answering, {
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body,
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
}

function report(error: unknown): void {
  logger.error('request failed', {
    error_name: error instanceof Error ? error.name : 'unknown',
    error_message: error instanceof Error ? error.message : undefined,
  });
}

export const handler = middy<APIGatewayProxyEventV2, Answer>()
  .use(problemDetails(report, () => new Problem(500, 'Something went wrong here; try again.')))
  .handler(answer);

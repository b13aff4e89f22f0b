/** The answers while DynamoDB is late, fails, or serves a request in part, tested against a server that does so. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cursors } from '../../../core/api/cursors.ts';
import { queryRoutes } from '../../../core/api/query-routes.ts';
import { httpFunction } from '../../../core/http/http-function.ts';
import { openTable } from '../../../core/store/table.ts';
import { LOCAL_CREDENTIALS } from '../../../tools/local/database/client-settings.ts';
import { REGION } from '../../../tools/local/template/intrinsics.ts';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../clocks.ts';

type Reply = { readonly status: number; readonly body: object } | 'none';

const fault = (name: string, status = 400): Reply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'internal to AWS' },
});

let server: Server;
let reply: (operation: string, body: Record<string, unknown>) => Reply;
let reported: unknown[];

beforeEach(async () => {
  reported = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = reply(operation, JSON.parse(Buffer.concat(chunks).toString()));
    if (answer === 'none') return;
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', REGION);
  vi.stubEnv('AWS_ACCESS_KEY_ID', LOCAL_CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', LOCAL_CREDENTIALS.secretAccessKey);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

/** The answer to a request within the function's time, on a clock that tests advance. */
async function ask(routeKey: string, path: Record<string, string> = {}, body?: object) {
  const table = openTable('orders');
  const clock = () => new Date();
  const secrets = { send: async () => ({ SecretString: 'for cursors' }) } as unknown as SecretsManagerClient;
  const context = {
    table,
    teamId: null,
    clock,
    cursors: new Cursors(() => secrets, 'cursors', clock),
    projection: { table, clocks: CLOCKS, pause: async () => undefined },
    readOpenApi: async () => '{}',
    tokensFrom: 'https://tokens.example.com/oauth2/token',
    criticalWithin: 1,
  };
  const trail = { write: async () => undefined };
  const handler = httpFunction(queryRoutes, context, (error) => void reported.push(error), trail);
  const event = {
    routeKey,
    pathParameters: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { authorizer: { jwt: { claims: { sub: 'ops', client_id: 'ops' } } } },
    ...(body && { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2;
  const invocation = { getRemainingTimeInMillis: () => 10_000 } as Context;
  let answer: Awaited<ReturnType<typeof handler>> | undefined;
  void handler(event, invocation).then((given) => {
    answer = given;
  });
  for (let ms = 0; !answer; ms += 10) {
    if (ms < 10_000) await vi.advanceTimersByTimeAsync(10);
    await new Promise(setImmediate);
  }
  table.client.destroy();
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? 'null') };
}

const asked = () => ask('GET /v1/transactions/{id}', { id: transactionId(1) });

describe('the answer is 503 with Retry-After', () => {
  test.each<[string, Reply]>([
    ['gives no answer', 'none'],
    ['fails', fault('InternalServerError', 500)],
    ['is down', { status: 503, body: {} }],
    ['throttles', fault('ThrottlingException')],
    ['has no capacity left', fault('ProvisionedThroughputExceededException')],
    ['limits requests', fault('RequestLimitExceeded')],
  ])('while DynamoDB %s', async (_, given) => {
    reply = () => given;
    const { status, headers, body } = await asked();
    expect([status, headers?.['retry-after']]).toEqual([503, '5']);
    expect(body).toMatchObject({ status: 503, title: 'Service Unavailable' });
    expect(JSON.stringify(body)).not.toContain('internal to AWS');
    expect(reported).toHaveLength(1);
  });

  test('if DynamoDB leaves keys of a batch unprocessed', async () => {
    reply = (operation, { RequestItems }) =>
      operation === 'Query'
        ? {
            status: 200,
            body: { Items: [{ pk: { S: 'TX#1' }, sk: { S: 'TX' }, s_sk: { S: '1#1' } }] },
          }
        : { status: 200, body: { Responses: {}, UnprocessedKeys: RequestItems } };
    const { status, headers } = await ask('GET /v1/transactions');
    expect([status, headers?.['retry-after']]).toEqual([503, '5']);
  });
});

test('one of several redraws in a request is answered 503, and the others are looked at', async () => {
  const [busy, unknown] = [transactionId(1), transactionId(2)];
  // The key of an item splits the id, and these two differ at the end.
  reply = (_, request) =>
    JSON.stringify(request).includes(busy.slice(-12))
      ? fault('ThrottlingException')
      : { status: 200, body: {} };
  const redraws = [busy, unknown].map((transaction_id) => ({ transaction_id }));
  const { status, body } = await ask('POST /v1/redraws/acknowledgements', {}, { by: 'ops', redraws });
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { transaction_id: busy, status: 503, transaction: null, problem: { title: 'Service Unavailable' } },
    { transaction_id: unknown, status: 404 },
  ]);
});

test.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
  '%s is not temporary: the answer is 500',
  async (name) => {
    reply = () => fault(name);
    const { status, headers } = await asked();
    expect([status, headers?.['retry-after']]).toEqual([500, undefined]);
  },
);

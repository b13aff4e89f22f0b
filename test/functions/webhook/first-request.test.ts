/** What the webhook function does while it loads, and what that leaves for its first request. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { TEAM } from '../../../tools/verification/oracle/bodies.ts';
import { ORDERED, redrawAt } from '../../core/use-cases/sweep/scene/redraw-bodies.ts';
import { secretOf, signed } from '../../stack/webhook/calls.ts';

const SECRET = secretOf(7);
const WARM_UP = ['DescribeEndpoints', 'GetSecretValue', 'GetSecretValue'];

/** Plays Secrets Manager and DynamoDB. */
let server: Server;
let requests: string[];
let connections: number;
/** What Secrets Manager holds. */
let secret: string;
/** Whether every request is denied, which the SDK does not retry. */
let isDenying: boolean;

beforeEach(async () => {
  [requests, connections, isDenying, secret] = [[], 0, false, SECRET];
  server = createServer((request, response) => {
    requests.push(String(request.headers['x-amz-target']).split('.').at(-1) ?? '');
    response.writeHead(isDenying ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isDenying ? { __type: 'AccessDeniedException' } : { SecretString: secret }));
  }).listen(0, '127.0.0.1');
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    TABLE_NAME: 'orders',
    QUARANTINE_TABLE_NAME: 'quarantine',
    QUARANTINE_RETENTION_DAYS: '90',
    WEBHOOK_SECRET_ARN: 'the-secret',
    SIGNING_SECRET_MIN_BYTES: '24',
    REFUSED_SIGNING_SECRETS: '',
    KEEP_INTERPRETATION: 'off',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

let loaded = 0;

/** Loads the function as a new environment does, until its first requests are answered. */
async function start() {
  loaded += 1;
  const { handler }: typeof import('../../../functions/webhook/handler.ts') = await import(
    `../../../functions/webhook/handler.ts?${loaded}`
  );
  await vi.waitFor(() => expect(requests.toSorted()).toEqual(WARM_UP));
  return async (pathTeam?: string) => {
    const answer = await handler(webhook(pathTeam), { awsRequestId: 'invocation' } as Context);
    return (answer as { statusCode: number }).statusCode;
  };
}

function webhook(pathTeam?: string): APIGatewayProxyEventV2 {
  const body = JSON.stringify(redrawAt([ORDERED]));
  return {
    ...(pathTeam !== undefined && { pathParameters: { team_id: pathTeam } }),
    headers: signed(body, { secrets: [SECRET] }),
    body,
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
  } as unknown as APIGatewayProxyEventV2;
}

test('the first request only writes, over a connection that is open', async () => {
  const receive = await start();
  const open = connections;
  expect(await receive()).toBe(200);
  expect(requests.slice(WARM_UP.length)).toEqual(['UpdateItem']);
  expect(connections).toBe(open);
});

// An unhandled rejection would end the test run, as it would end the function.
test('what fails while the function loads is tried again by the first request', async () => {
  isDenying = true;
  const receive = await start();
  isDenying = false;
  expect(await receive()).toBe(200);
  expect(requests.slice(WARM_UP.length).toSorted()).toEqual([
    'GetSecretValue',
    'GetSecretValue',
    'UpdateItem',
  ]);
});

test('a failure that lasts is answered with 503, as at any other time', async () => {
  isDenying = true;
  const receive = await start();
  expect(await receive()).toBe(503);
});

test('with several teams, a webhook is one write too, and the secrets of all are read together', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'teams-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'teams.json'),
    JSON.stringify([
      { id: TEAM, name: 'North' },
      { id: 'south', name: 'South' },
    ]),
  );
  vi.stubEnv('TEAMS', join(folder, 'teams.json'));
  secret = JSON.stringify({ [TEAM]: SECRET });
  const receive = await start();
  expect(await receive(TEAM)).toBe(200);
  expect(await receive('west')).toBe(404);
  expect(requests.slice(WARM_UP.length)).toEqual(['UpdateItem']);
  // It has no secret yet.
  expect(await receive('south')).toBe(503);
});

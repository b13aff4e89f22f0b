/** The log lines of a function, and the metrics that CloudWatch extracts from them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { apiHandler } from '../../../core/api/api-handler.ts';
import { noPath, noQuery } from '../../../core/http/request-fields.ts';
import type { Route } from '../../../core/http/route.ts';
import { reportDamaged } from '../../../core/telemetry/damaged-items.ts';
import { correlateWith, identified } from '../../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../../core/telemetry/logger.ts';
import { metrics } from '../../../core/telemetry/metrics.ts';
import { embeddedMetrics } from '../../../tools/local/metrics/embedded-metrics.ts';

const FUNCTIONS = join(import.meta.dirname, '..', '..', '..', 'functions');

let output = '';

beforeEach(() => {
  output = '';
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 31, 8), toFake: ['Date'] });
  vi.stubEnv('SERVICE_NAME', 'webhook');
  vi.stubEnv('SERVICE_VERSION', '1.2.3');
  vi.stubEnv('METRICS_NAMESPACE', 'RedrawTracker/test');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The lines since the last call. */
function lines(): unknown[] {
  const written = output;
  output = '';
  expect(written === '' || written.endsWith('\n')).toBe(true);
  return written
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

test('a line has the time, function, version, level and message, and leaves out undefined fields', () => {
  logger.info('webhook', { outcome: 'applied', order_id: null, reason: undefined });
  expect(lines()).toEqual([
    {
      level: 'INFO',
      message: 'webhook',
      timestamp: '2026-01-31T08:00:00.000Z',
      service: 'webhook',
      version: '1.2.3',
      outcome: 'applied',
      order_id: null,
    },
  ]);
});

test('the lines of an invocation carry its id and that of what caused each, also if two run at once', async () => {
  const handler = identified(
    async (cause: string | undefined) => {
      logger.info('begins');
      correlateWith(cause);
      await setTimeout(1);
      logger.warn('goes on\n');
    },
    () => 'the request',
  );
  await Promise.all([handler('msg_1', { awsRequestId: 'a' }), handler(undefined, { awsRequestId: 'b' })]);
  expect(lines()).toMatchObject([
    { request_id: 'a', correlation_id: 'the request' },
    { request_id: 'b', correlation_id: 'the request' },
    { level: 'WARN', request_id: 'a', correlation_id: 'msg_1' },
    { request_id: 'b', correlation_id: 'b' },
  ]);
});

test('the line about a failed request has its id at API Gateway, and no more of the error than the function says', async () => {
  const fails: Route<null> = {
    request: { path: noPath, query: noQuery },
    answer: () => Promise.reject(new Error('CANARY')),
  };
  const event = { routeKey: 'GET /', requestContext: { requestId: 'the request' } } as APIGatewayProxyEventV2;
  const invocation = { awsRequestId: 'a' } as Context;
  for (const handler of [
    apiHandler({ 'GET /': fails }, null),
    apiHandler({ 'GET /': fails }, null, undefined, errorName),
  ]) {
    expect(await handler(event, invocation)).toMatchObject({ statusCode: 500 });
  }
  // Not in the line of the second one.
  expect(output.match(/CANARY/g)).toHaveLength(1);
  const line = { request_id: 'a', correlation_id: 'the request', error_name: 'Error' };
  expect(lines()).toMatchObject([{ ...line, error_message: 'CANARY' }, line]);
});

test.each(readdirSync(FUNCTIONS))('the lines of %s carry the ids of the invocation', (name) => {
  const source = readFileSync(join(FUNCTIONS, name, 'handler.ts'), 'utf8');
  expect(source).toMatch(
    /^export const handler = (answeringProbes\(\s*[\w.]+,\s*)?(identified|apiHandler)\(/m,
  );
  // A write that stores no cause would end the path to what it causes.
  if (/\bopenTable\(env\.TABLE_NAME/.test(source) && name !== 'results')
    expect(source).toContain('openTable(env.TABLE_NAME, correlationId');
});

test.each([
  ['DEBUG', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['INFO', ['INFO', 'WARN', 'ERROR']],
  [undefined, ['INFO', 'WARN', 'ERROR']],
  ['WARN', ['WARN', 'ERROR']],
  ['ERROR', ['ERROR']],
])('at the level %s, %j are logged', (level, logged) => {
  vi.stubEnv('LOG_LEVEL', level);
  for (const method of ['debug', 'info', 'warn', 'error'] as const) logger[method]('x');
  expect(lines().map((line) => (line as { level: string }).level)).toEqual(logged);
});

test('counts add up until they are written, once, in one line', () => {
  metrics.count('EventsPublished', 3);
  metrics.count('EventsPublished');
  metrics.count('SweepDue', 0);
  expect(lines()).toEqual([]);
  metrics.write();
  const written = lines();
  expect(written).toHaveLength(1);
  const common = {
    namespace: 'RedrawTracker/test',
    dimensions: { service: 'webhook' },
    at: Date.UTC(2026, 0, 31, 8),
  };
  expect(embeddedMetrics(written[0])).toEqual([
    { ...common, name: 'EventsPublished', values: [4] },
    { ...common, name: 'SweepDue', values: [0] },
  ]);
  metrics.write();
  expect(lines()).toEqual([]);
});

test('a damaged item is counted for all functions together, beside the own metrics of the function', () => {
  metrics.count('SweepDue');
  reportDamaged('TX#1');
  const [, counted] = lines();
  expect(embeddedMetrics(counted).map(({ name, dimensions, values }) => [name, dimensions, values])).toEqual([
    ['SweepDue', { service: 'webhook' }, [1]],
    ['ItemDamaged', {}, [1]],
  ]);
});

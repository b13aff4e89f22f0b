/** What a function writes to its log, and the metrics that CloudWatch makes of it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logger } from '../../../core/telemetry/logger.ts';
import { metrics } from '../../../core/telemetry/metrics.ts';
import { embeddedMetrics } from '../../../local/metrics/embedded-metrics.ts';

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

/** The lines written since the last time this was asked. */
function lines(): unknown[] {
  const written = output;
  output = '';
  expect(written === '' || written.endsWith('\n')).toBe(true);
  return written
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

test('a line says when, which function of which version, how bad, and what, and leaves out what is absent', () => {
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

test('the lines of one invocation have its trace in common', () => {
  vi.stubEnv(
    '_X_AMZN_TRACE_ID',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
  );
  logger.warn('one\nmessage');
  expect(lines()).toMatchObject([{ level: 'WARN', xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' }]);
});

test.each([
  ['DEBUG', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['INFO', ['INFO', 'WARN', 'ERROR']],
  [undefined, ['INFO', 'WARN', 'ERROR']],
  ['WARN', ['WARN', 'ERROR']],
  ['ERROR', ['ERROR']],
])('at the level %s there is logged %j', (level, logged) => {
  vi.stubEnv('LOG_LEVEL', level);
  for (const method of ['debug', 'info', 'warn', 'error'] as const) logger[method]('x');
  expect(lines().map((line) => (line as { level: string }).level)).toEqual(logged);
});

test('counts add up until they are written, one line for all of them, once', () => {
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

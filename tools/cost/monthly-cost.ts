import { configurationOf } from '../../lib/configuration/configuration.ts';
import { dollars } from '../../operations/prices/prices.ts';
import { ASSUMPTIONS, GB, MONTHS_PER_YEAR, SECONDS_PER_YEAR } from './assumptions.ts';
import type { Measured } from './measured.ts';

type CostName =
  | 'api'
  | 'functions'
  | 'writes'
  | 'reads'
  | 'storage'
  | 'recovery'
  | 'events'
  | 'logs'
  | 'audit'
  | 'alarms'
  | 'metrics'
  | 'dashboard'
  | 'machine_clients'
  | 'keys'
  | 'secrets'
  | 'schedules';

/** One line of a bill: dollars per month. */
export interface CostLine {
  readonly name: CostName;
  /** The name as the document shows it. */
  readonly what: string;
  /** Whether it is the same at every scale. */
  readonly fixed: boolean;
  readonly usd: number;
}

/** The monthly cost at a number of orders per year, in the last month of the first year. */
export function monthlyCost(measured: Measured, ordersPerYear: number): CostLine[] {
  return [...variableCost(measured, ordersPerYear), ...fixedCost(measured)];
}

/** Webhooks per month. */
export function webhooksOf(measured: Measured, ordersPerYear: number): number {
  return (ordersPerYear / MONTHS_PER_YEAR) * measured.webhooks;
}

/** The cost of receiving, processing and storing webhooks. */
function variableCost(measured: Measured, ordersPerYear: number): CostLine[] {
  const orders = ordersPerYear / MONTHS_PER_YEAR;
  const webhooks = webhooksOf(measured, ordersPerYear);
  const queries = orders * ASSUMPTIONS.queries_per_order;
  const events = orders * measured.events;
  const tableGb = (ordersPerYear * measured.table_bytes) / GB;
  const indexGb = (ordersPerYear * measured.index_bytes) / GB;
  const eventGb = (events * measured.event_bytes) / GB;
  const logGb =
    (webhooks * ASSUMPTIONS.log_bytes_per_webhook + queries * ASSUMPTIONS.log_bytes_per_query) / GB + eventGb;
  const auditGb = ((webhooks + queries) * ASSUMPTIONS.audit_bytes_per_request) / GB;
  const { auditRetentionYears: auditYears } = configurationOf({});
  const line = (name: CostName, what: string, usd: number): CostLine => ({ name, what, fixed: false, usd });
  return [
    line('api', 'HTTP API', dollars('httpApiRequest', webhooks + queries)),
    line('functions', 'Lambda', lambdaCost(measured, ordersPerYear)),
    line(
      'writes',
      'DynamoDB: writes',
      dollars('writeUnit', orders * (writeUnits(measured) + ASSUMPTIONS.sweep_write_units_per_order)),
    ),
    line(
      'reads',
      'DynamoDB: reads',
      dollars(
        'readUnit',
        orders * (measured.recompute_read_units + ASSUMPTIONS.sweep_reads_per_order) +
          queries * ASSUMPTIONS.read_units_per_query,
      ),
    ),
    line('storage', 'DynamoDB: storage after a year', dollars('tableGb', tableGb + indexGb)),
    line('recovery', 'DynamoDB: point-in-time recovery after a year', dollars('recoveryGb', tableGb)),
    line('events', 'EventBridge', dollars('event', events) + dollars('archivedGb', eventGb)),
    line('logs', 'Logs', dollars('logGb', logGb) + dollars('logStoredGb', logGb * ASSUMPTIONS.log_months)),
    line(
      'audit',
      `Audit trail and access log after ${auditYears} years`,
      dollars('logGb', auditGb) + dollars('logStoredGb', auditGb * auditYears * MONTHS_PER_YEAR),
    ),
  ];
}

/** Write units of an order on the table and its indexes. */
export function writeUnits(measured: Measured): number {
  const { webhook_write_units, recompute_write_units, index_write_units, counting_write_units } = measured;
  return webhook_write_units + recompute_write_units + index_write_units + counting_write_units;
}

/** Requests and memory-time of the functions that grow with use. Each change is its own invocation at worst. */
function lambdaCost(measured: Measured, ordersPerYear: number): number {
  const webhooks = webhooksOf(measured, ordersPerYear);
  const queries = (ordersPerYear / MONTHS_PER_YEAR) * ASSUMPTIONS.queries_per_order;
  const { webhook_mb, recompute_mb, publish_mb, query_mb } = measured.deployed;
  const coldMs = ASSUMPTIONS.cold_start_ms * coldShare(measured, ordersPerYear);
  const time = (calls: number, ms: number, mb: number) => gbSecondsOf(calls, ms + coldMs, mb);
  const gbSeconds =
    time(webhooks, ASSUMPTIONS.webhook_ms, webhook_mb) +
    time(webhooks, ASSUMPTIONS.recompute_ms_per_change, recompute_mb) +
    time(webhooks, ASSUMPTIONS.publish_ms_per_change, publish_mb) +
    time(queries, ASSUMPTIONS.query_ms, query_mb);
  return dollars('lambdaRequest', 3 * webhooks + queries) + dollars('lambdaGbSecond', gbSeconds);
}

/** The share of cold starts if webhooks arrive at random times: no webhook arrived while an environment was kept. */
function coldShare(measured: Measured, ordersPerYear: number): number {
  const perSecond = (ordersPerYear * measured.webhooks) / SECONDS_PER_YEAR;
  return Math.exp(-perSecond * ASSUMPTIONS.environment_seconds);
}

/** What a stack costs without any order. */
export function fixedCost({ deployed }: Pick<Measured, 'deployed'>): CostLine[] {
  const line = (name: CostName, what: string, usd: number): CostLine => ({ name, what, fixed: true, usd });
  const historyReads = ASSUMPTIONS.history_hours * 60 * 11;
  return [
    line('alarms', 'Alarms', dollars('alarm', deployed.alarm_metrics)),
    line('metrics', 'Custom metrics', dollars('metric', deployed.metrics)),
    line(
      'dashboard',
      'CloudWatch dashboard, and reads for the history',
      dollars('dashboard', deployed.dashboards) + dollars('metricRead', historyReads),
    ),
    line(
      'machine_clients',
      'Cognito app clients for programs, one token an hour each',
      dollars('machineClient', deployed.machine_clients) +
        dollars('tokenRequest', deployed.machine_clients * ASSUMPTIONS.token_requests_per_client),
    ),
    line('keys', 'KMS keys', dollars('key', deployed.keys) + dollars('keyRequest', ASSUMPTIONS.key_requests)),
    line(
      'secrets',
      'Secrets',
      dollars('secret', deployed.secrets) + dollars('secretRequest', ASSUMPTIONS.secret_requests),
    ),
    line('schedules', 'Sweep, redrive and reviews', scheduledCost(deployed)),
  ];
}

/** What runs on a schedule. Each redrive lists the failure bucket; the reviews are too few to count. */
function scheduledCost({
  sweeps_per_month: sweeps,
  redrives_per_month: redrives,
  ...deployed
}: Measured['deployed']): number {
  const gbSeconds =
    gbSecondsOf(sweeps, ASSUMPTIONS.sweep_ms, deployed.sweep_mb) +
    gbSecondsOf(redrives, ASSUMPTIONS.redrive_ms, deployed.redrive_mb);
  return (
    dollars('schedule', sweeps + redrives) +
    dollars('lambdaRequest', sweeps + redrives) +
    dollars('lambdaGbSecond', gbSeconds) +
    dollars('bucketList', redrives)
  );
}

/** The GB-seconds of calls with the given duration (ms). */
export function gbSecondsOf(calls: number, ms: number, mb: number): number {
  return (calls * (ms / 1_000) * mb) / 1_024;
}

export const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

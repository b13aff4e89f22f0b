import { parseDuration } from '../../core/domain/duration.ts';
import { PAGE_SIZE } from '../../core/junction/client.ts';
import { BUCKETS } from '../../core/store/table.ts';
import { configurationOf } from '../../lib/configuration/configuration.ts';
import { concurrencyQuota } from '../../lib/functions/concurrency.ts';
import { ASSUMPTIONS, SECONDS_PER_YEAR } from './assumptions.ts';
import type { Measured } from './measured.ts';
import { writeUnits } from './monthly-cost.ts';

/** A limit of the load. */
export interface Limit {
  readonly what: string;
  /** What it allows, in its unit. */
  readonly allows: number;
  readonly unit: string;
  /** How to raise the limit. */
  readonly howToRaise: string;
  /** How much of it the busiest second uses, at this number of orders per year. */
  used(ordersPerYear: number): number;
}

/** Write units of a partition per second. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const PARTITION = 1_000;
/** Of a new table on demand. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
const NEW_TABLE_UNITS = 4_000;
const SHARDS = 4;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const GATEWAY = 10_000;
/** PutEvents in us-east-1. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const BUS = 10_000;
/** The sweep and the redrive. */
const SCHEDULED = 2;

/** All limits, in the order in which a webhook meets them. */
export function limits(measured: Measured): Limit[] {
  const peak = (orders: number) =>
    ((orders * measured.webhooks) / SECONDS_PER_YEAR) * ASSUMPTIONS.peak_factor;
  const perWebhook = (perOrder: number) => perOrder / measured.webhooks;
  const {
    webhookRequestsPerSecond: throttle,
    streamParallelization: parallel,
    ...defaults
  } = configurationOf({});
  const sweepsPerHour = 3_600_000 / (parseDuration(defaults.sweepEvery) ?? Number.NaN);
  const pagesPerSweep = ASSUMPTIONS.poll_seconds_per_sweep / ASSUMPTIONS.poll_seconds_per_page;
  return [
    {
      what: 'Throttle of the webhook route',
      allows: throttle,
      unit: 'webhooks/s',
      howToRaise: '`webhookRequestsPerSecond`',
      used: peak,
    },
    {
      what: 'API Gateway, per account and region',
      allows: GATEWAY,
      unit: 'requests/s',
      howToRaise: 'request a higher AWS quota',
      used: (orders) => peak(orders) * (1 + ASSUMPTIONS.queries_per_order / measured.webhooks),
    },
    {
      what: 'Lambda concurrency, with the recommended quota',
      allows: concurrencyQuota.recommended,
      unit: 'executions',
      howToRaise: 'request a higher AWS quota, then raise `webhookReservedConcurrency`',
      used: (orders) => {
        const queries = peak(orders) * perWebhook(ASSUMPTIONS.queries_per_order);
        const inFlight = (peak(orders) * ASSUMPTIONS.webhook_ms + queries * ASSUMPTIONS.query_ms) / 1_000;
        return inFlight + 2 * SHARDS * parallel + SCHEDULED;
      },
    },
    {
      what: 'A new table, all partitions together',
      allows: NEW_TABLE_UNITS,
      unit: 'units/s',
      howToRaise: 'not needed: it scales to twice the last peak; before a sudden peak, set warm throughput',
      used: (orders) => peak(orders) * perWebhook(writeUnits(measured)),
    },
    {
      what: 'Stream: changes to orders that `recompute` processes',
      allows: (SHARDS * parallel * 1_000) / ASSUMPTIONS.recompute_ms_per_change,
      unit: 'changes/s',
      howToRaise: '`streamParallelization`, up to 10',
      used: peak,
    },
    {
      what: 'Counters of all transactions, one item, and the insights of a month',
      allows: PARTITION,
      unit: 'units/s',
      howToRaise:
        'not needed: the busier the stream, the more changes a batch of `publish` counts in one write',
      used: (orders) => peak(orders) * perWebhook(measured.counting_write_units),
    },
    {
      what: 'Index by status, one partition per bucket',
      allows: BUCKETS * PARTITION,
      unit: 'units/s',
      howToRaise: 'more buckets in `core/store/table.ts`, then a rebuild',
      used: (orders) => peak(orders) * perWebhook(measured.index_write_units),
    },
    {
      what: 'EventBridge',
      allows: BUS,
      unit: 'events/s',
      howToRaise: 'request a higher AWS quota',
      used: (orders) => peak(orders) * perWebhook(measured.events),
    },
    {
      what: 'Sweep: orders compared with Junction, per hour on average',
      allows: sweepsPerHour * pagesPerSweep * PAGE_SIZE,
      unit: 'orders/h',
      howToRaise: 'a shorter `sweepEvery` or a longer `checkUpdates`',
      // Each hourly list overlaps with the previous one.
      used: (orders) => (2 * orders * measured.webhooks) / (SECONDS_PER_YEAR / 3_600),
    },
  ];
}

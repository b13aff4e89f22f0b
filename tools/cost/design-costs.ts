import { join } from 'node:path';
import { dollars } from '../../operations/prices/prices.ts';
import type { Units } from '../bench/comparison/units.ts';
import { readResult } from '../bench/result.ts';
import { serversCost } from './alternatives.ts';
import { ASSUMPTIONS, HOURS_PER_MONTH } from './assumptions.ts';
import type { Measured } from './measured.ts';
import { fixedCost, gbSecondsOf, total } from './monthly-cost.ts';

/** What a design of the benchmark costs in dollars. */
export interface DesignCost {
  readonly title: string;
  /** Null if webhooks cost nothing beyond what is fixed. */
  readonly perMillionWebhooks: number | null;
  /** Per month, at any number of webhooks. */
  readonly fixed: number;
}

const RESULT = join(import.meta.dirname, '../../docs/performance/result.json');
const MILLION = 1_000_000;

/** How long the functions run that work after the answer, once per webhook (ms). */
const LATER_MS: Readonly<Record<string, readonly number[]>> = {
  'redraw-tracker': [ASSUMPTIONS.recompute_ms_per_change, ASSUMPTIONS.publish_ms_per_change],
  'idempotent-functions': [ASSUMPTIONS.recompute_ms_per_change],
  'fifo-queue': [ASSUMPTIONS.webhook_ms],
};

/** The designs of the last comparison. The bare update is left out: it answers no question. */
export function designCosts(measured: Measured): DesignCost[] {
  const { peers = [], units = [] } = readResult(RESULT).cost?.values ?? {};
  return peers
    .filter(({ name }) => name !== 'bare-update')
    .map(({ name, title }) => {
      const found = units.find(({ peer }) => peer === name);
      const takesUnits = found !== undefined && name !== 'postgresql';
      const perMillionWebhooks = takesUnits ? perMillion(found, measured) : null;
      return { title, perMillionWebhooks, fixed: fixedFor(name, measured) };
    });
}

/** The HTTP API, the functions, DynamoDB, a queue, and for ours events and the checks of the sweep. Without logs and storage. */
export function perMillion({ peer, answered, afterwards, ...found }: Units, measured: Measured): number {
  const webhookMs = ASSUMPTIONS.webhook_ms + found.junctionRequests * ASSUMPTIONS.junction_ms;
  const runs = [webhookMs, ...(LATER_MS[peer] ?? [])];
  const gbSeconds = runs.map((ms) => gbSecondsOf(MILLION, ms, measured.deployed.webhook_mb));
  const extra = peer === 'redraw-tracker' ? 1 / measured.webhooks : 0;
  const writes =
    answered.writeUnits + afterwards.writeUnits + extra * ASSUMPTIONS.sweep_write_units_per_order;
  const reads = answered.readUnits + afterwards.readUnits + extra * ASSUMPTIONS.sweep_reads_per_order;
  return (
    dollars('httpApiRequest', MILLION) +
    dollars('lambdaRequest', runs.length * MILLION) +
    dollars(
      'lambdaGbSecond',
      gbSeconds.reduce((sum, one) => sum + one, 0),
    ) +
    dollars('writeUnit', writes * MILLION) +
    dollars('readUnit', reads * MILLION) +
    dollars('fifoRequest', found.queueRequests * MILLION) +
    dollars('event', extra * measured.events * MILLION)
  );
}

/** The alternatives have no alarms, keys or dashboards: those cost a team extra. */
function fixedFor(peer: string, measured: Measured): number {
  if (peer === 'redraw-tracker') return total(fixedCost(measured));
  if (peer === 'postgresql') return serversCost({ isLarge: false, storedGb: 0 });
  if (peer !== 'hourly-question') return 0;
  const gbSeconds = gbSecondsOf(HOURS_PER_MONTH, ASSUMPTIONS.sweep_ms, measured.deployed.sweep_mb);
  return (
    dollars('schedule', HOURS_PER_MONTH) +
    dollars('lambdaRequest', HOURS_PER_MONTH) +
    dollars('lambdaGbSecond', gbSeconds)
  );
}

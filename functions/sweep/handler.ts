import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { earliest, type Instant } from '../../core/domain/instant.ts';
import { junctionApiOf } from '../../core/environment/junction.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { scheduledEvent } from '../../core/environment/schedule.ts';
import { configuredSince } from '../../core/environment/watching.ts';
import { instant } from '../../core/junction/fields.ts';
import type { PerTeam } from '../../core/junction/per-team.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { redrawMetrics, sweepMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { countOpenRedraws } from '../../core/use-cases/count-needs.ts';
import { historyMail } from '../../core/use-cases/history/history-mail.ts';
import { tellHistory, type Watching, watchFrom } from '../../core/use-cases/history/tell-history.ts';
import { type FinishedSweep, runSweep } from '../../core/use-cases/sweep/run-sweep.ts';
import type { SweepReport } from '../../core/use-cases/sweep/sweep-part.ts';
import { UnreadableFields } from '../../core/use-cases/unreadable-fields.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const teamId = env.TEAM_ID ?? null;
const every = { sweep: env.SWEEP_EVERY, draws: env.CHECK_DRAWS, changedOrders: env.CHECK_UPDATES };
const { apiKey, junction } = junctionApiOf(env, 'run');
const topic = new SNSClient(QUICK);
const links = {
  worklist: env.WORKLIST_URL,
  criticalResults: env.CRITICAL_RESULTS_URL,
  runbook: env.RUNBOOK_URL,
};
const watching: Watching = {
  configured: configuredSince(env),
  bySweep: env.WATCHING_SINCE === 'first-sweep',
  sendDigest: async (counts) => {
    const mail = historyMail(counts, links);
    await topic.send(new PublishCommand({ TopicArn: env.OPERATORS_TOPIC_ARN, ...mail }));
  },
};
let missingKeyLogged = false;

/** Flags the redraws and orders that are due at the event's time, and reconciles with Junction to recover lost webhooks. */
async function sweep(event: unknown, context: Context): Promise<SweepReport> {
  const { time } = readOrThrow(scheduledEvent, event);
  try {
    const keys = await readKeys();
    if (keys.size > 0) await watchFrom(projection.table, watching, notAhead(time));
    const fields = new UnreadableFields();
    const reports = { onUnreadable: (names: readonly string[]) => fields.add(names) };
    const byTeam = new Map(
      [...keys].map(([team, key]) => [team, (left: () => number) => junction(key, left, team, reports)]),
    );
    const remaining = () => context.getRemainingTimeInMillis();
    const swept = await runSweep({ projection, junction: byTeam, teamId, remaining, every, onSkip }, time);
    const { report, orders, listed, drawsAsked, notJoined, finished } = swept;
    const ofOrders = { orders_due: orders.due, orders_flagged: orders.flagged };
    const polled = { listed, draws_asked: drawsAsked, not_joined: notJoined };
    logger.info('swept', { time, ...report, ...ofOrders, ...polled, finished, unreadable: fields.names });
    await fields.store(projection.table, time, (error) =>
      logger.warn('unreadable fields not counted', errorName(error)),
    );
    count(swept);
    await countOpen();
    await tellOperators(time, keys.size > 0 ? [...keys.keys()] : [null]);
    return report;
  } finally {
    metrics.write();
  }
}

export const handler = answeringProbes(projection.table, identified(sweep));

function onSkip(id: string, reason: string): void {
  logger.warn('not checked', { id, reason });
}

async function readKeys(): Promise<PerTeam<string>> {
  const keys = await apiKey.all(new Date());
  if (keys.size === 0 && !missingKeyLogged) {
    missingKeyLogged = true;
    logger.warn(
      "no key for Junction's API: lost webhooks cannot be repaired (docs/deploy.md describes how to add a key)",
    );
  }
  return keys;
}

function count({ report: { due, flagged, healed, skipped }, tooFarBehind }: FinishedSweep): void {
  metrics.count(sweepMetrics.finished);
  metrics.count(sweepMetrics.due, due);
  metrics.count(sweepMetrics.flagged, flagged);
  metrics.count(sweepMetrics.healed, healed);
  metrics.count(sweepMetrics.skipped, skipped);
  metrics.count(sweepMetrics.behind, tooFarBehind ? 1 : 0);
}

/** A run can be invoked with a time that has not come. What happens until then must not be history. */
const notAhead = (time: Instant): Instant =>
  earliest([time, readOrThrow(instant, new Date().toISOString())]) ?? time;

/** A digest that cannot be sent does not fail the sweep, and the next one sends it. */
async function tellOperators(time: Instant, teams: readonly (string | null)[]): Promise<void> {
  try {
    const shown = { table: projection.table, teamId };
    if (await tellHistory(shown, watching, time, teams)) logger.info('history told');
  } catch (error) {
    logger.error('history not told; the next sweep tries again', errorName(error));
  }
}

/** A failure to count the open redraws does not fail the sweep. */
async function countOpen(): Promise<void> {
  try {
    const { open, stale } = await countOpenRedraws({ table: projection.table, teamId });
    metrics.count(redrawMetrics.open, open);
    metrics.count(redrawMetrics.stale, stale);
  } catch (error) {
    logger.warn('open redraws not counted', errorName(error));
  }
}

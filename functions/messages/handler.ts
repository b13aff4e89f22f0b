import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { sendingOf } from '../../capabilities/messages/environment/message-sending.ts';
import type { Templates } from '../../capabilities/messages/templates/templates.ts';
import {
  emptyReport,
  type MessageDependencies,
  type MessageJunction,
  type MessageReport,
  processMessages,
} from '../../capabilities/messages/use-cases/process-messages.ts';
import { sendDueMessages, timeOfRun } from '../../capabilities/messages/use-cases/send-due-messages.ts';
import type { Instant } from '../../core/domain/instant.ts';
import { auditTrailOf, choiceRecorder } from '../../core/environment/audit.ts';
import { junctionApiOf } from '../../core/environment/junction.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { scheduledFields } from '../../core/environment/schedule.ts';
import { watchingSinceOf } from '../../core/environment/watching.ts';
import { instant, uuid } from '../../core/junction/fields.ts';
import { object, oneOf, optional, text } from '../../core/reading/readers.ts';
import { readOrThrow, readStrictly } from '../../core/reading/reading.ts';
import { unlessDamaged } from '../../core/store/damaged-items.ts';
import { readRouteFailures, writeRouteFailures } from '../../core/store/junction-notices/route-failures.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { correlateWith, identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { messageMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { JunctionGuard } from '../../core/use-cases/reconcile/junction-guard.ts';
import { OptionalRoutes } from '../../core/use-cases/reconcile/optional-routes.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const { apiKey, junction } = junctionApiOf(env, 'run');
// Bundling puts the file beside the bundle.
const templates = JSON.parse(readFileSync(join(import.meta.dirname, 'templates.json'), 'utf8')) as Templates;
const fixed = {
  projection,
  recordChoice: choiceRecorder(auditTrailOf(env), 'messages'),
  ...sendingOf(env, templates),
  teamId: env.TEAM_ID ?? null,
  watchingSince: watchingSinceOf(env, projection.table),
  // Ids and codes only. The runbook reads these lines.
  notSent: ({ transaction_id, id }, state, reason) =>
    logger.warn('message not sent', { transaction_id, id, state, reason }),
} satisfies Partial<MessageDependencies>;

/** Time reserved for finishing the messages of one transaction (ms). */
const RESERVE = 60_000;

const clock = (): Instant => readOrThrow(instant, new Date().toISOString());

/** The event of the schedule. */
const scheduled = object({ ...scheduledFields, detail: oneOf([undefined]) });
/** An event of the bus. It only says which transaction to look at. */
const announced = object({
  detail: object({ transaction_id: uuid, correlation_id: optional(text) }),
});

/**
 * Sends the messages to patients that are due: of the transaction that an event of the bus names, or of every transaction with
 * a message due at the scheduled time.
 */
async function sendMessages(event: unknown, context: Context): Promise<MessageReport> {
  const report = emptyReport();
  const run = readStrictly(scheduled, event);
  try {
    if (run) {
      const now = timeOfRun(run.time, clock);
      const hasTime = () => context.getRemainingTimeInMillis() > RESERVE;
      const dueRun = { every: env.MESSAGES_EVERY, hasTime, onFailure: logFailure };
      await withDependencies(now, context, (all) => sendDueMessages(all, dueRun, report));
    } else {
      const { detail } = readOrThrow(announced, event);
      correlateWith(detail.correlation_id);
      await withDependencies(clock, context, async (all) => {
        // A retry would meet the same damaged item.
        await unlessDamaged(projection.table, () => processMessages(all, detail.transaction_id, report));
      });
    }
    logger.info('messages processed', { ...report });
    count(report);
    return report;
  } catch (error) {
    // Lambda logs thrown errors. An error that quotes an address must not be logged.
    logger.error('messages not processed', errorName(error));
    throw new Error('The messages were not processed.');
  } finally {
    metrics.write();
  }
}

export const handler = answeringProbes(projection.table, identified(sendMessages));

/** Runs with what is known of Junction's optional routes, and stores what the run showed of them. */
async function withDependencies(
  now: () => Instant,
  context: Context,
  run: (dependencies: MessageDependencies) => Promise<void>,
): Promise<void> {
  const { table } = projection;
  const keys = await apiKey.all(new Date());
  if (keys.size === 0) logger.warn("no key for Junction's API: no message can be sent");
  const timeLeft = () => context.getRemainingTimeInMillis() - RESERVE / 2;
  const asked = new Map<string | null, Promise<MessageJunction>>();
  const connect = async (team: string | null, key: string): Promise<MessageJunction> => {
    const client = junction(key, timeLeft, team);
    const optional = new OptionalRoutes(now(), await readRouteFailures(table, team));
    return { client, optional, guard: new JunctionGuard(projection, client, now(), optional) };
  };
  const junctionOf = async (ofOrder: string | null) => {
    const team = keys.has(null) ? null : ofOrder;
    const key = keys.get(team);
    if (key === undefined) return null;
    const known = asked.get(team) ?? connect(team, key);
    asked.set(team, known);
    return known;
  };
  await run({ ...fixed, now, junctionOf });
  for (const [team, known] of asked) {
    const { optional } = await known;
    await writeRouteFailures(table, optional.changes(), team);
  }
}

function logFailure(transactionId: string, error: unknown): void {
  logger.error('messages not processed', { transaction_id: transactionId, ...errorName(error) });
}

function count({ planned, sent, held, waiting, refused, unknown, expired }: MessageReport): void {
  metrics.count(messageMetrics.finished);
  metrics.count(messageMetrics.planned, planned);
  metrics.count(messageMetrics.sent, sent);
  metrics.count(messageMetrics.held, held);
  metrics.count(messageMetrics.waiting, waiting);
  metrics.count(messageMetrics.refused, refused);
  metrics.count(messageMetrics.unknown, unknown + expired);
}

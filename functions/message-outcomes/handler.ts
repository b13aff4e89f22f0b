import * as z from 'zod/mini';
import {
  type Recorded,
  recordSesEvent,
  recordSmsNotification,
} from '../../capabilities/messages/use-cases/record-notification.ts';
import type { OutcomeDependencies } from '../../capabilities/messages/use-cases/record-outcome.ts';
import type { Instant } from '../../core/domain/instant.ts';
import { auditTrailOf, choiceRecorder } from '../../core/environment/audit.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { instant } from '../../core/junction/fields.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { messageOutcomeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const dependencies: OutcomeDependencies = {
  projection: projectionOf(env),
  recordChoice: choiceRecorder(auditTrailOf(env), 'message-outcomes'),
};

/**
 * A notification of a topic. Its message has phone numbers, or the text of a patient, so that neither it nor an error about it is
 * ever logged.
 */
const notification = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })) });

/**
 * Stores what the providers report about messages and what patients reply: Amazon SES through EventBridge, AWS End User Messaging
 * through SNS.
 */
async function recordOutcomes(event: unknown): Promise<void> {
  try {
    const { data: sns } = notification.safeParse(event);
    if (!sns) report(await recordSesEvent(dependencies, event, now()));
    for (const { Sns } of sns?.Records ?? []) {
      report(await recordSmsNotification(dependencies, Sns.Message, now()));
    }
  } catch (error) {
    // Lambda logs thrown errors. An error that quotes the event must not be logged.
    logger.error('outcome not recorded', errorName(error));
    throw new Error('The outcome was not recorded.');
  } finally {
    metrics.write();
  }
}

export const handler = answeringProbes(dependencies.projection.table, identified(recordOutcomes));

const LINES = {
  outcome: { recorded: 'outcome reported', unmatched: 'a report names no message of this deployment' },
  reply: { recorded: 'a patient replied', unmatched: 'a reply names no message of this deployment' },
} as const;

function report(recorded: Recorded | null): void {
  if (!recorded) return;
  const { about, said, reason, named, isNew, counts } = recorded;
  if (counts) metrics.count(messageOutcomeMetrics[counts]);
  const fields = about === 'reply' ? { kind: said } : { state: said, reason };
  if (named) logger.info(LINES[about].recorded, { ...named, ...fields, new: isNew });
  else logger.warn(LINES[about].unmatched, fields);
}

function now(): Instant {
  return readOrThrow(instant, new Date().toISOString());
}

import * as z from 'zod/mini';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import type { Instant } from '../../core/domain/instant.ts';
import { readMessageRef } from '../../core/domain/message/message.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { instant } from '../../core/junction/fields.ts';
import type { PatientReply } from '../../core/providers/patient-reply.ts';
import {
  type ProviderReport,
  readSmsNotification,
  sesEvent,
  sesReport,
} from '../../core/providers/provider-events.ts';
import { openTable } from '../../core/store/table.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { messageOutcomeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { recordOutcome } from '../../core/use-cases/messages/outcomes.ts';
import { recordReply } from '../../core/use-cases/messages/replies.ts';
import type { Projection } from '../../core/use-cases/recompute.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const projection: Projection = {
  table: openTable(env.TABLE_NAME, correlationId),
  clocks: clocksOf(env),
  pause: pauseBetweenWriters,
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
    if (!sns) await recordReport(sesReport(sesEvent.parse(event)));
    for (const { Sns } of sns?.Records ?? []) await recordNotification(Sns.Message);
  } catch (error) {
    // Lambda logs thrown errors. An error that quotes the event must not be logged.
    logger.error('outcome not recorded', errorName(error));
    throw new Error('The outcome was not recorded.');
  } finally {
    metrics.write();
  }
}

export const handler = identified(recordOutcomes);

async function recordNotification(text: string): Promise<void> {
  const read = readSmsNotification(text);
  if (!read) return;
  if ('report' in read) await recordReport(read.report);
  else await recordReplyOfPatient(read.reply);
}

/** @param report null for one that says nothing about the outcome */
async function recordReport(report: ProviderReport | null): Promise<void> {
  if (!report) return;
  const { ref, ...outcome } = report;
  const named = readMessageRef(ref);
  const isNew = named && (await recordOutcome(projection, named, outcome, now()));
  if (isNew === null) {
    metrics.count(messageOutcomeMetrics.unmatched);
    logger.warn('a report names no message of this deployment', { state: outcome.state });
    return;
  }
  logger.info('outcome reported', { ...named, state: outcome.state, reason: outcome.reason, new: isNew });
  if (isNew) metrics.count(messageOutcomeMetrics[outcome.state]);
}

async function recordReplyOfPatient(reply: PatientReply): Promise<void> {
  const { kind } = reply;
  const recorded = await recordReply(projection, reply, now());
  if (!recorded) {
    metrics.count(messageOutcomeMetrics.unmatched);
    logger.warn('a reply names no message of this deployment', { kind });
    return;
  }
  const { named, isNew } = recorded;
  logger.info('a patient replied', { ...named, kind, new: isNew });
  if (isNew && kind === 'opt_out') metrics.count(messageOutcomeMetrics.opted_out);
}

function now(): Instant {
  return instant.parse(new Date().toISOString());
}

import * as z from 'zod/mini';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { readMessageRef } from '../../core/domain/message/message.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { instant } from '../../core/junction/fields.ts';
import {
  type ProviderReport,
  sesEvent,
  sesReport,
  smsEvent,
  smsReport,
} from '../../core/providers/provider-events.ts';
import { openTable } from '../../core/store/table.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { messageOutcomeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { recordOutcome } from '../../core/use-cases/messages/outcomes.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const projection = {
  table: openTable(env.TABLE_NAME, correlationId),
  clocks: clocksOf(env),
  pause: pauseBetweenWriters,
};

/** A notification of the topic. Its message has the phone numbers, so that neither it nor an error about it is ever logged. */
const notification = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })) });

/** Stores what the providers report about messages: Amazon SES through EventBridge, AWS End User Messaging through SNS. */
async function recordOutcomes(event: unknown): Promise<void> {
  try {
    for (const report of reportsIn(event)) await record(report);
  } catch (error) {
    // Lambda logs an error that is thrown. One that quotes the event must not be.
    logger.error('outcome not recorded', errorName(error));
    throw new Error('The outcome was not recorded.');
  } finally {
    metrics.write();
  }
}

export const handler = identified(recordOutcomes);

function reportsIn(event: unknown): ProviderReport[] {
  const { data: sns } = notification.safeParse(event);
  if (!sns) return present([sesReport(sesEvent.parse(event))]);
  return present(sns.Records.map(({ Sns }) => readSmsReport(Sns.Message)));
}

/** Null for a message of the topic that is no event about one of ours, for example that of another use of the number. */
function readSmsReport(text: string): ProviderReport | null {
  try {
    const { data } = smsEvent.safeParse(JSON.parse(text));
    return data ? smsReport(data) : null;
  } catch {
    return null;
  }
}

function present(reports: readonly (ProviderReport | null)[]): ProviderReport[] {
  return reports.filter((report) => report !== null);
}

async function record({ ref, ...outcome }: ProviderReport): Promise<void> {
  const named = readMessageRef(ref);
  const now = instant.parse(new Date().toISOString());
  const isNew = named && (await recordOutcome(projection, named, outcome, now));
  if (isNew === null) {
    metrics.count(messageOutcomeMetrics.unmatched);
    logger.warn('a report names no message of this deployment', { state: outcome.state });
    return;
  }
  logger.info('outcome reported', { ...named, state: outcome.state, reason: outcome.reason, new: isNew });
  if (isNew) metrics.count(messageOutcomeMetrics[outcome.state]);
}

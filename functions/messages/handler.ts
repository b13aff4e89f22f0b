import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { QUICK } from '../../core/aws/client-options.ts';
import { mapConcurrent } from '../../core/concurrency/map-concurrent.ts';
import { jitteredPause, pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { type Instant, later, latest } from '../../core/domain/instant.ts';
import type { PatientMessage } from '../../core/domain/message/message.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { sendSettingsOf } from '../../core/environment/messages.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { JunctionClient } from '../../core/junction/client.ts';
import { instant, uuid } from '../../core/junction/fields.ts';
import type { MessageFields } from '../../core/message-templates/fields.ts';
import { renderEmail, renderSms } from '../../core/message-templates/render.ts';
import type { Templates } from '../../core/message-templates/templates.ts';
import { transactionsToLookAt } from '../../core/store/messages/messages.ts';
import { openTable } from '../../core/store/table.ts';
import { correlateWith, correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { messageMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import {
  emptyReport,
  type MessageDependencies,
  type MessageReport,
  processMessages,
} from '../../core/use-cases/messages/process.ts';
import type { Rendered } from '../../core/use-cases/messages/send.ts';
import { Inquiry } from '../../core/use-cases/reconcile/inquiry.ts';
import { environment } from './env.ts';
import { emailProviderOf, smsProviderOf } from './providers.ts';

const env = environment.parse(process.env);
const apiKey = new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN);
const projection = {
  table: openTable(env.TABLE_NAME, correlationId),
  clocks: clocksOf(env),
  pause: pauseBetweenWriters,
};
const pauseBetweenRequests = jitteredPause(500, 8_000);
// Bundling puts the file beside the bundle.
const templates = JSON.parse(readFileSync(join(import.meta.dirname, 'templates.json'), 'utf8')) as Templates;
const providers = { sms: smsProviderOf(env), email: emailProviderOf(env) };

/** Time reserved for finishing the messages of one transaction (ms). */
const RESERVE = 60_000;

const clock = (): Instant => instant.parse(new Date().toISOString());

/** The event of the schedule. */
const scheduled = z.object({ time: instant, detail: z.optional(z.undefined()) });
/** An event of the bus. It only says which transaction to look at. */
const announced = z.object({
  detail: z.object({ transaction_id: uuid, correlation_id: z.optional(z.nullable(z.string())) }),
});

/**
 * Sends the messages to patients that are due: of the transaction that an event of the bus names, or of every transaction with
 * a message due at the scheduled time.
 */
async function sendMessages(event: unknown, context: Context): Promise<MessageReport> {
  const report = emptyReport();
  const run = scheduled.safeParse(event);
  try {
    if (run.data) await sendDue(run.data.time, context, report);
    else {
      const { detail } = announced.parse(event);
      correlateWith(detail.correlation_id ?? undefined);
      const dependencies = await dependenciesAt(clock, context);
      await processMessages(dependencies, detail.transaction_id, report);
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

export const handler = identified(sendMessages);

async function sendDue(scheduledAt: Instant, context: Context, report: MessageReport): Promise<void> {
  const startedAt = Date.now();
  // Use the current time: a delayed or slow run must not send outside the allowed hours.
  const time = latest([scheduledAt, clock()]) ?? scheduledAt;
  const dependencies = await dependenciesAt(() => later(time, Date.now() - startedAt), context);
  const hasTime = () => context.getRemainingTimeInMillis() > RESERVE;
  const seen = new Set<string>();
  for await (const page of transactionsToLookAt(projection.table, time, env.MESSAGES_EVERY)) {
    const fresh = page.filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    await mapConcurrent([...new Set(fresh)], async (id) => {
      if (!hasTime()) return;
      try {
        await processMessages(dependencies, id, report);
      } catch (error) {
        // One failing transaction must not block the messages of the others.
        report.left += 1;
        logger.error('messages not processed', { transaction_id: id, ...errorName(error) });
      }
    });
    if (!hasTime()) break;
  }
}

async function dependenciesAt(now: () => Instant, context: Context): Promise<MessageDependencies> {
  const key = await apiKey.read(new Date());
  if (key === null) logger.warn("no key for Junction's API: no message can be sent");
  const client = key === null ? null : junctionApi(key, context);
  return {
    projection,
    now,
    ...providers,
    render,
    notSent,
    settings: sendSettingsOf(env),
    teamId: env.TEAM_ID ?? null,
    sender: { brand: env.MESSAGE_BRAND, link: env.MESSAGE_LINK ?? null, phone: env.MESSAGE_PHONE ?? null },
    junction: client && { client, guard: new Inquiry(projection, client, now()) },
  };
}

function junctionApi(key: string, context: Context): JunctionClient {
  return new JunctionClient({
    baseUrl: env.JUNCTION_BASE_URL,
    apiKey: key,
    timeLeft: () => context.getRemainingTimeInMillis() - RESERVE / 2,
    pause: pauseBetweenRequests,
    ...readingOf(env),
  });
}

/** Ids and codes only. The runbook reads these lines. */
const notSent: MessageDependencies['notSent'] = ({ transaction_id, id }, state, reason) =>
  logger.warn('message not sent', { transaction_id, id, state, reason });

function render({ template, channel }: PatientMessage, fields: MessageFields): Rendered {
  const choice = { template, language: env.MESSAGE_LANGUAGE };
  if (channel === 'email') return { channel, ...renderEmail(templates, choice, fields) };
  return {
    channel,
    text: renderSms(templates, choice, fields, { markersInSms: env.MESSAGE_MARKERS_IN_SMS }),
  };
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

import { isUtf8 } from 'node:buffer';
import { type Instant, parseInstant } from '../domain/instant.ts';
import { arrivalOf } from '../domain/order/arrivals.ts';
import type { WebhookOutcome } from '../domain/webhook-outcomes.ts';
import type { ReadingOptions } from '../junction/order-payload.ts';
import { originOf } from '../junction/quarantined-origin.ts';
import { type DeliveryNotice, readWebhook, type WebhookMessage } from '../junction/webhook-message.ts';
import { writeMatchReview } from '../store/match-reviews/match-reviews.ts';
import { writeCriticalResult } from '../store/orders/critical-results.ts';
import { writeAppointment } from '../store/orders/write-appointment.ts';
import { writeOrder } from '../store/orders/write-order.ts';
import { requestPass } from '../store/poll-marks/request-pass.ts';
import { quarantine as store } from '../store/quarantine/quarantine.ts';
import { isUnstorable, type Table } from '../store/table.ts';

export interface ReceiveContext extends ReadingOptions {
  readonly table: Table;
  /** The table of what cannot be read or stored. */
  readonly quarantine: Table;
  readonly quarantineRetentionDays: number;
  /** The team whose path it was delivered to; absent in a deployment of one team. */
  readonly pathTeam?: string | null;
}

/** The outcome of one webhook. */
export interface ReceivedWebhook {
  readonly outcome: WebhookOutcome;
  readonly kind: WebhookMessage['kind'];
  readonly orderId: string | null;
  /** Why it was quarantined: names of fields, without values. */
  readonly reason: string | null;
  /** What Svix reported about its deliveries, if that was the webhook. */
  readonly delivery: DeliveryNotice | null;
  /** The names of the fields that could not be read and counted as absent. */
  readonly unreadable: readonly string[];
}

const NO_TEXT: WebhookMessage = { kind: 'unintelligible', reason: 'body: not UTF-8' };

/**
 * Stores one signed webhook.
 *
 * @throws if the table does not accept the write now; Junction then has to deliver it again
 */
export async function receive(
  { table, quarantine, quarantineRetentionDays, pathTeam = null, ...reading }: ReceiveContext,
  body: Buffer,
  now: Date,
): Promise<ReceivedWebhook> {
  const receivedAt = parseInstant(now.toISOString()) ?? '';
  // Decoding invalid UTF-8 would change what was signed.
  const message = isUtf8(body) ? readWebhook(body.toString('utf8'), receivedAt, reading, pathTeam) : NO_TEXT;
  const { kind } = message;
  const keep = async (reason: string): Promise<ReceivedWebhook> => {
    const origin = { ...originOf(body), ...(pathTeam !== null && { path_team: pathTeam }) };
    await store(quarantine, {
      body,
      reason,
      origin,
      receivedAt,
      retentionDays: quarantineRetentionDays,
    });
    return { outcome: 'quarantined', kind, orderId: null, reason, delivery: null, unreadable: [] };
  };
  if (message.kind === 'unintelligible' || message.kind === 'other_team') return keep(message.reason);
  try {
    return {
      outcome: await write(table, message, receivedAt, pathTeam),
      kind,
      orderId: orderOf(message),
      reason: null,
      delivery: message.kind === 'delivery' ? message.delivery : null,
      unreadable: message.unreadable ?? [],
    };
  } catch (error) {
    if (isUnstorable(error)) return keep(`${kind}: too large to store, or not storable`);
    throw error;
  }
}

async function write(
  table: Table,
  message: Exclude<WebhookMessage, { kind: 'unintelligible' | 'other_team' }>,
  receivedAt: Instant,
  pathTeam: string | null,
): Promise<WebhookOutcome> {
  switch (message.kind) {
    case 'order':
      return writeOrder(table, message.facts, arrivalOf(message.facts.events, 'webhook', receivedAt));
    case 'appointment':
      return writeAppointment(table, message.facts);
    case 'critical_result':
      return writeCriticalResult(table, message.orderId, message.result, receivedAt);
    case 'match_review':
      return writeMatchReview(table, message.review, receivedAt);
    case 'delivery':
      // Undelivered webhooks are covered by Junction's list of changed orders, which the next sweep reads. The list is complete
      // only when the endpoint is enabled again.
      await requestPass(table, receivedAt, pathTeam);
      return 'applied';
    case 'untracked':
    case 'example':
      return 'ignored';
  }
}

function orderOf(message: WebhookMessage): string | null {
  switch (message.kind) {
    case 'order':
      return message.facts.id;
    case 'appointment':
      return message.facts.orderId;
    case 'critical_result':
      return message.orderId;
    default:
      return null;
  }
}

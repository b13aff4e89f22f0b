import * as z from 'zod/mini';
import type { Instant } from '../domain/instant.ts';
import type { CriticalResult } from '../domain/order/critical-result.ts';
import type { MatchReviewReport } from '../domain/order/match-review.ts';
import type { AppointmentFacts, OrderFacts } from '../domain/order/order-record.ts';
import type { Digest } from '../domain/order/rank.ts';
import { appointmentFacts, appointmentPayload } from './appointment-payload.ts';
import {
  instant,
  nonEmpty,
  opaqueId,
  opaqueIdOrNull,
  openEnum,
  openEnumOrNull,
  orNull,
  text,
  uuid,
} from './fields.ts';
import {
  type Envelope,
  type OrderPayload,
  orderFacts,
  orderPayload,
  type ReadingOptions,
} from './order-payload.ts';

/** The part of a signed webhook that is tracked. */
export type WebhookMessage =
  | { readonly kind: 'order'; readonly facts: OrderFacts }
  | { readonly kind: 'appointment'; readonly facts: AppointmentFacts }
  | { readonly kind: 'critical_result'; readonly orderId: string; readonly result: CriticalResult }
  | { readonly kind: 'match_review'; readonly review: MatchReviewReport }
  | { readonly kind: 'delivery'; readonly delivery: DeliveryNotice }
  /** An event type that is not tracked. */
  | { readonly kind: 'untracked' }
  /** Signed, but cannot be read. `reason` names fields, never their values. */
  | { readonly kind: 'unintelligible'; readonly reason: string };

const ORDER_EVENTS = new Set(['labtest.order.created', 'labtest.order.updated', 'order_status_updated']);
const APPOINTMENT_EVENTS = new Set(['labtest.appointment.created', 'labtest.appointment.updated']);
const CRITICAL_RESULT_EVENT = 'labtest.result.critical';
const MATCH_REVIEW_PREFIX = 'labtest.match_review.';
/** What Svix reports about its own deliveries: https://docs.svix.com/incoming-webhooks/operational-webhooks */
const DELIVERY_EVENTS = {
  'message.attempt.exhausted': 'exhausted',
  'endpoint.disabled': 'endpoint_disabled',
  'endpoint.enabled': 'endpoint_enabled',
} as const;
const TRACKED_EVENTS: ReadonlySet<string> = new Set([
  ...ORDER_EVENTS,
  ...APPOINTMENT_EVENTS,
  CRITICAL_RESULT_EVENT,
]);

/** What Svix reports about the delivery of webhooks to an endpoint. */
export interface DeliveryNotice {
  readonly event: (typeof DELIVERY_EVENTS)[keyof typeof DELIVERY_EVENTS];
  /** Svix's ids, for the log; null if they are absent or of an unusual form. */
  readonly endpointId: string | null;
  readonly messageId: string | null;
}

const eventType = text.check(nonEmpty);
const junctionType = z.object({ event_type: eventType });
/** Svix's own events say `type` instead. An appointment has a `type` as well, but no `data`. */
const svixType = z.object({ type: eventType, data: z.object({}) });

const envelope = z.object({
  event_type: orNull(eventType),
  user_id: opaqueIdOrNull,
  client_user_id: opaqueIdOrNull,
  team_id: opaqueIdOrNull,
});

/** `partial`, `final` or another word. Anything else could be a value, and a critical result must not wait because of it. */
const resultStatus = z.catch(z.string().check(z.regex(/^[a-z_]{1,40}$/)), 'unknown');

const criticalResultPayload = z.object({ order_id: uuid, status: resultStatus, updated_at: instant });

const matchReviewPayload = z.object({
  id: opaqueId,
  status: openEnum,
  decision_code: openEnumOrNull,
  resolution_action: openEnumOrNull,
  resolved_order_id: opaqueIdOrNull,
});

/** Reads the body of a signed webhook, received at `receivedAt`. Never throws. */
export function readWebhook(
  body: string,
  receivedAt: Instant,
  digest: Digest,
  options: ReadingOptions = {},
): WebhookMessage {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'unintelligible', reason: 'body: not JSON' };
  const statedType = statedTypeOf(json);
  // Checked first, because the content of an untracked event is irrelevant.
  if (isDeliveryEvent(statedType)) return deliveryMessage(statedType, json);
  if (statedType !== null && !isTracked(statedType)) return { kind: 'untracked' };
  const outer = envelope.safeParse(json);
  if (!outer.success) return unintelligible(outer.error, 'body');
  const type = outer.data.event_type ?? bareType(json);
  // Junction's documentation also shows orders without an envelope.
  const data = outer.data.event_type ? (json as { data?: unknown }).data : json;
  if (ORDER_EVENTS.has(type)) {
    return orderMessage(data, (order) => orderFacts(order, outer.data, receivedAt, digest, options));
  }
  if (APPOINTMENT_EVENTS.has(type)) return appointmentMessage(data, receivedAt, digest);
  if (type === CRITICAL_RESULT_EVENT) return criticalResultMessage(data);
  return matchReviewMessage(data, outer.data);
}

/** The type that an event states; null if it states none. */
function statedTypeOf(json: unknown): string | null {
  const { data } = junctionType.safeParse(json);
  if (data) return data.event_type;
  return svixType.safeParse(json).data?.type ?? null;
}

function isDeliveryEvent(type: string | null): type is keyof typeof DELIVERY_EVENTS {
  return type !== null && Object.hasOwn(DELIVERY_EVENTS, type);
}

function isTracked(type: string): boolean {
  return TRACKED_EVENTS.has(type) || type.startsWith(MATCH_REVIEW_PREFIX);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Without an envelope, an appointment differs from an order by its fields. */
function bareType(json: unknown): string {
  const isAppointment =
    typeof json === 'object' && json !== null && 'order_id' in json && 'event_status' in json;
  return isAppointment ? 'labtest.appointment.updated' : 'labtest.order.updated';
}

function unintelligible(error: z.core.$ZodError, root: string): WebhookMessage {
  const reasons = error.issues.slice(0, 5).map(({ path, message }) => {
    const where = [root, ...path.map(String)].join('.');
    return `${where}: ${message}`;
  });
  return { kind: 'unintelligible', reason: reasons.join('; ').slice(0, 1_000) };
}

/** No field of the data is used, so the data cannot be invalid. */
function deliveryMessage(type: keyof typeof DELIVERY_EVENTS, json: unknown): WebhookMessage {
  const { data } = json as { data?: { endpointId?: unknown; msgId?: unknown } | null };
  const event = DELIVERY_EVENTS[type];
  return {
    kind: 'delivery',
    delivery: { event, endpointId: svixId(data?.endpointId), messageId: svixId(data?.msgId) },
  };
}

function svixId(id: unknown): string | null {
  return typeof id === 'string' && /^[\w.-]{1,100}$/.test(id) ? id : null;
}

function orderMessage(data: unknown, factsOf: (order: OrderPayload) => OrderFacts): WebhookMessage {
  const order = orderPayload.safeParse(data);
  if (!order.success) return unintelligible(order.error, 'order');
  return { kind: 'order', facts: factsOf(order.data) };
}

function appointmentMessage(data: unknown, receivedAt: Instant, digest: Digest): WebhookMessage {
  const appointment = appointmentPayload.safeParse(data);
  if (!appointment.success) return unintelligible(appointment.error, 'appointment');
  return { kind: 'appointment', facts: appointmentFacts(appointment.data, receivedAt, digest) };
}

function criticalResultMessage(data: unknown): WebhookMessage {
  const parsed = criticalResultPayload.safeParse(data);
  if (!parsed.success) return unintelligible(parsed.error, 'result');
  const { order_id: orderId, ...result } = parsed.data;
  return { kind: 'critical_result', orderId, result };
}

function matchReviewMessage(data: unknown, { team_id }: Envelope): WebhookMessage {
  const parsed = matchReviewPayload.safeParse(data);
  return parsed.success
    ? { kind: 'match_review', review: { ...parsed.data, team_id } }
    : unintelligible(parsed.error, 'match_review');
}

import type { Instant } from '../domain/instant.ts';
import type { CriticalResult } from '../domain/order/critical-result.ts';
import type { MatchReviewReport } from '../domain/order/match-review.ts';
import type { AppointmentFacts, OrderFacts } from '../domain/order/order-record.ts';
import { matching, nonEmpty, object, orElse, orNull } from '../reading/readers.ts';
import { type Issue, type Result, readLeniently } from '../reading/reading.ts';
import { appointmentFacts, readAppointmentPayload } from './appointment-payload.ts';
import { instantOrNull, opaqueId, opaqueIdOrNull, openEnum, openEnumOrNull, uuid } from './fields.ts';
import { isExample, namesOtherTeam } from './named-ids.ts';
import { type Envelope, orderFacts, type ReadingOptions, readOrderPayload } from './order-payload.ts';
import { bareKindOf, kindOf, statedTypeOf } from './webhook-kind.ts';

/** The part of a signed webhook that is tracked. */
type Message =
  | { readonly kind: 'order'; readonly facts: OrderFacts }
  | { readonly kind: 'appointment'; readonly facts: AppointmentFacts }
  | { readonly kind: 'critical_result'; readonly orderId: string; readonly result: CriticalResult }
  | { readonly kind: 'match_review'; readonly review: MatchReviewReport }
  | { readonly kind: 'delivery'; readonly delivery: DeliveryNotice }
  /** An event type that is not tracked. */
  | { readonly kind: 'untracked' }
  /** An example from Junction's dashboard, about nothing that exists. */
  | { readonly kind: 'example' }
  /** Signed, but of another team. */
  | { readonly kind: 'other_team'; readonly reason: string }
  /** Signed, but cannot be read. `reason` names fields, never their values. */
  | { readonly kind: 'unintelligible'; readonly reason: string };

export type WebhookMessage = Message & {
  /** The names of the fields that cannot be read and counted as absent; undefined if there are none. */
  readonly unreadable?: readonly string[];
};

/** What Svix reports about its own deliveries: https://docs.svix.com/incoming-webhooks/operational-webhooks */
const DELIVERY_EVENTS = {
  'message.attempt.exhausted': 'exhausted',
  'endpoint.disabled': 'endpoint_disabled',
  'endpoint.enabled': 'endpoint_enabled',
} as const;

/** What Svix reports about the delivery of webhooks to an endpoint. */
export interface DeliveryNotice {
  readonly event: (typeof DELIVERY_EVENTS)[keyof typeof DELIVERY_EVENTS];
  /** Svix's ids, for the log; null if they are absent or of an unusual form. */
  readonly endpointId: string | null;
  readonly messageId: string | null;
}

const envelope = object({
  event_type: orNull(nonEmpty),
  user_id: opaqueIdOrNull,
  client_user_id: opaqueIdOrNull,
  team_id: opaqueIdOrNull,
});
const NEEDED_OF_ENVELOPE = new Set(['event_type']);

/** `partial`, `final` or another word. Anything else could be a value, and a critical result must not wait because of it. */
const resultStatus = orElse(matching(/^[a-z_]{1,40}$/), 'unknown');

const criticalResultPayload = object({
  order_id: uuid,
  status: resultStatus,
  created_at: instantOrNull,
  updated_at: instantOrNull,
});
const NEEDED_OF_RESULT = new Set(['order_id']);

const matchReviewPayload = object({
  id: opaqueId,
  status: openEnum,
  decision_code: openEnumOrNull,
  resolution_action: openEnumOrNull,
  resolved_order_id: opaqueIdOrNull,
});
const NEEDED_OF_REVIEW = new Set(['id', 'status']);

/**
 * Reads the body of a signed webhook, received at `receivedAt`. Never throws.
 *
 * @param pathTeam the team whose secret signed it, with several teams. What names no team is of this one.
 */
export function readWebhook(
  body: string,
  receivedAt: Instant,
  { teamId = null, ...options }: ReadingOptions = {},
  pathTeam: string | null = null,
): WebhookMessage {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'unintelligible', reason: 'body: not JSON' };
  const statedType = statedTypeOf(json);
  const stated = (json as { data?: unknown } | null)?.data;
  // Checked first, because the content of an untracked event is irrelevant.
  if (isDeliveryEvent(statedType)) return deliveryMessage(statedType, stated);
  const [statedKind, named] =
    statedType === null ? [bareKindOf(json), json] : [kindOf(statedType, stated), stated];
  if (statedKind === 'untracked') return { kind: 'untracked' };
  if (isExample(statedKind, json, named)) return { kind: 'example' };
  if (teamId !== null && namesOtherTeam(json, named, teamId)) {
    return { kind: 'other_team', reason: "body.team_id: another team than the deployment's" };
  }
  if (pathTeam !== null && namesOtherTeam(json, named, pathTeam)) {
    return { kind: 'other_team', reason: "body.team_id: another team than the path's" };
  }
  return readAs('body', readLeniently(envelope, json, NEEDED_OF_ENVELOPE), ({ event_type: type, ...ids }) => {
    const outer = { ...ids, team_id: ids.team_id ?? pathTeam };
    // Junction's documentation also shows orders without an envelope.
    const [kind, data] = type === null ? [bareKindOf(json), json] : [kindOf(type, stated), stated];
    switch (kind) {
      case 'order':
        return readAs(kind, readOrderPayload(data), (order) => ({
          kind,
          facts: orderFacts(order, outer, receivedAt, options),
        }));
      case 'appointment':
        return readAs(kind, readAppointmentPayload(data), (appointment) => ({
          kind,
          facts: appointmentFacts(appointment, receivedAt),
        }));
      case 'critical_result':
        return criticalResultMessage(data, receivedAt);
      case 'match_review':
        return matchReviewMessage(data, outer);
      case 'untracked':
        return { kind };
    }
  });
}

function isDeliveryEvent(type: string | null): type is keyof typeof DELIVERY_EVENTS {
  return type !== null && Object.hasOwn(DELIVERY_EVENTS, type);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Turns what was read into a message. The names of its fields begin with `root`. */
function readAs<Data>(
  root: string,
  reading: Result<Data>,
  messageOf: (data: Data) => WebhookMessage,
): WebhookMessage {
  if ('issues' in reading) return unintelligible(reading.issues, root);
  const message = messageOf(reading.data);
  const names = reading.unreadable.map((name) => `${root}.${name}`);
  const unreadable = [...names, ...(message.unreadable ?? [])];
  return unreadable.length > 0 ? { ...message, unreadable } : message;
}

function unintelligible(issues: readonly Issue[], root: string): WebhookMessage {
  const reasons = issues.slice(0, 5).map(({ path, message }) => {
    const where = [root, ...path].join('.');
    return `${where}: ${message}`;
  });
  return { kind: 'unintelligible', reason: reasons.join('; ').slice(0, 1_000) };
}

/** No field of the data is used, so the data cannot be invalid. */
function deliveryMessage(type: keyof typeof DELIVERY_EVENTS, stated: unknown): WebhookMessage {
  const data = stated as { endpointId?: unknown; msgId?: unknown } | null | undefined;
  const event = DELIVERY_EVENTS[type];
  return {
    kind: 'delivery',
    delivery: { event, endpointId: svixId(data?.endpointId), messageId: svixId(data?.msgId) },
  };
}

function svixId(id: unknown): string | null {
  return typeof id === 'string' && /^[\w.-]{1,100}$/.test(id) ? id : null;
}

function criticalResultMessage(data: unknown, receivedAt: Instant): WebhookMessage {
  return readAs('result', readLeniently(criticalResultPayload, data, NEEDED_OF_RESULT), (read) => {
    const { order_id: orderId, status, updated_at, created_at } = read;
    const result = { status, updated_at: updated_at ?? created_at ?? receivedAt };
    return { kind: 'critical_result', orderId, result };
  });
}

function matchReviewMessage(data: unknown, { team_id }: Envelope): WebhookMessage {
  return readAs('match_review', readLeniently(matchReviewPayload, data, NEEDED_OF_REVIEW), (review) => ({
    kind: 'match_review',
    review: { ...review, team_id },
  }));
}

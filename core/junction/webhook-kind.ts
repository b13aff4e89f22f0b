import { nonEmpty, object } from '../reading/readers.ts';
import { readStrictly } from '../reading/reading.ts';

/** What the data of a webhook is read as. */
export type WebhookKind = 'order' | 'appointment' | 'critical_result' | 'match_review' | 'untracked';

/** The events that an endpoint at Junction has to send. https://docs.junction.com/event-catalog */
export const TRACKED_EVENTS = [
  'labtest.order.created',
  'labtest.order.updated',
  'labtest.appointment.created',
  'labtest.appointment.updated',
  'labtest.result.critical',
  'labtest.match_review.created',
  'labtest.match_review.updated',
] as const;

const ORDER_EVENTS = new Set(['labtest.order.created', 'labtest.order.updated', 'order_status_updated']);
const APPOINTMENT_EVENTS = new Set(['labtest.appointment.created', 'labtest.appointment.updated']);

/** A type that Junction adds counts by its data, so that what it reports is not lost. */
const NEW_ORDER_EVENT = 'labtest.order.';
const NEW_APPOINTMENT_EVENT = 'labtest.appointment.';

const junctionType = object({ event_type: nonEmpty });
/** Svix's own events say `type` instead. An appointment has a `type` as well, but no `data`. */
const svixType = object({ type: nonEmpty, data: object({}) });

/** The type that an event states; null if it states none. */
export function statedTypeOf(json: unknown): string | null {
  const stated = readStrictly(junctionType, json);
  return stated?.event_type ?? readStrictly(svixType, json)?.type ?? null;
}

/** What the data of an event of this type is. */
export function kindOf(type: string, data: unknown): WebhookKind {
  if (ORDER_EVENTS.has(type) || (type.startsWith(NEW_ORDER_EVENT) && isOrder(data))) return 'order';
  if (APPOINTMENT_EVENTS.has(type) || (type.startsWith(NEW_APPOINTMENT_EVENT) && isAppointment(data))) {
    return 'appointment';
  }
  if (type === 'labtest.result.critical') return 'critical_result';
  return type.startsWith('labtest.match_review.') ? 'match_review' : 'untracked';
}

/** What an event without an envelope is. An appointment differs from an order by its fields. */
export function bareKindOf(json: unknown): WebhookKind {
  return isAppointment(json) ? 'appointment' : 'order';
}

function isOrder(data: unknown): boolean {
  return isObject(data) && 'id' in data && ('events' in data || 'order_transaction' in data);
}

function isAppointment(data: unknown): boolean {
  return isObject(data) && 'order_id' in data && 'event_status' in data;
}

function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null;
}

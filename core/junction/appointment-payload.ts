import { type Instant, later, latest } from '../domain/instant.ts';
import type { AppointmentFacts } from '../domain/order/order-record.ts';
import { rankText } from '../domain/order/rank.ts';
import { boolean, object, orNull } from '../reading/readers.ts';
import { type ReadBy, readLeniently } from '../reading/reading.ts';
import { digest } from './digest.ts';
import { instant, instantOrNull, listOf, openEnumOrNull, uuid, uuidOrNull } from './fields.ts';

/** Facts dated further than this after their receipt are from a wrong clock (ms). */
const CLOCK_TOLERANCE = 3_600_000;

/** The fields of Junction's appointment that are read. The place and the patient are never read. */
export const appointmentPayload = object({
  id: uuid,
  order_id: uuid,
  order_transaction_id: uuidOrNull,
  status: openEnumOrNull,
  event_status: openEnumOrNull,
  start_at: instantOrNull,
  end_at: instantOrNull,
  iana_timezone: openEnumOrNull,
  provider: openEnumOrNull,
  type: openEnumOrNull,
  can_reschedule: orNull(boolean),
  events: listOf(object({ created_at: instant, status: openEnumOrNull })),
});

export type AppointmentPayload = ReadBy<typeof appointmentPayload>;

/** Which appointment it is, and which of its states. Anything else that cannot be read counts as absent. */
const NEEDED = new Set(['id', 'order_id', 'events', 'events[]', 'events[].created_at']);

/** Reads an appointment of a webhook or of an answer of Junction's API. */
export function readAppointmentPayload(payload: unknown) {
  return readLeniently(appointmentPayload, payload, NEEDED);
}

/**
 * Turns an appointment payload into the facts it states. `receivedAt` is when a webhook was received, or when Junction was asked
 * for an answer of its API.
 */
export function appointmentFacts(payload: AppointmentPayload, receivedAt: Instant): AppointmentFacts {
  const { order_id: orderId, order_transaction_id: transactionId, events, ...appointment } = payload;
  const horizon = later(receivedAt, CLOCK_TOLERANCE);
  const times = events.map((event) => event.created_at).filter((at) => at <= horizon);
  const updated_at = latest(times);
  const rank = rankText({
    newestEvent: updated_at,
    events: times.length,
    updatedAt: null,
    newestFact: null,
    digest: digest(JSON.stringify([appointment, transactionId])),
  });
  return { orderId, transactionId, receivedAt, appointment: { ...appointment, updated_at }, rank };
}

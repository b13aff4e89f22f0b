import type { Instant } from '../../../core/domain/instant.ts';
import type { AppointmentKind } from '../../../core/domain/order/appointment-kind.ts';
import type { Subject } from '../../../core/junction/subject.ts';

/** What a booking names: a slot of the availability, or a provider that sets the time later. */
export type Booking = { readonly appointment_notes?: string | null | undefined } & (
  | { readonly booking_key: string }
  | { readonly provider: string }
);

/** One of Junction's reasons. */
export interface Cancellation {
  readonly cancellation_reason_id: string;
  readonly notes?: string | null | undefined;
}

/** An order to be placed. */
export interface Placing {
  readonly body: unknown;
  readonly idempotencyKey: string;
  /** What the order must be about. */
  readonly subject: Subject;
  readonly now: Instant;
}

/** Which order is changed, and when. The answer must be about this order, its user and its team. */
export interface Asked extends Subject {
  readonly orderId: string;
  readonly now: Instant;
}

export interface AskedAppointment extends Asked {
  readonly kind: AppointmentKind;
}

export interface AppointmentChange {
  readonly method: 'POST' | 'PATCH';
  readonly verb: 'book' | 'request' | 'reschedule' | 'cancel';
  readonly body: unknown;
  readonly idempotencyKey?: string;
}

/**
 * For appointments at centers, Junction's OpenAPI document and SDK name the fields in camel case, its page in snake case:
 * https://docs.junction.com/api-reference/lab-testing/psc-scheduling/appointment-psc-cancelling
 */
export function cancellationBody(kind: AppointmentKind, { cancellation_reason_id, notes }: Cancellation) {
  const body = { cancellation_reason_id, notes };
  if (kind === 'phlebotomy') return body;
  return { ...body, cancellationReasonId: cancellation_reason_id, note: notes };
}

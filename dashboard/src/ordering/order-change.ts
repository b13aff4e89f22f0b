import type { AuditedObject } from '../../../core/audit/audit-entry.ts';
import type { Appointment, CancelledOrder, ChangedAppointment, Order, Transaction } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';
import { appointmentPath } from './ordering-queries.ts';

/** Why an order is cancelled, as the audit trail names it. */
export type CancellationReason = NonNullable<AuditedObject['reason']>;

/** A change of an order or its appointment at Junction. */
export type OrderChange =
  | { readonly kind: 'book' | 'reschedule'; readonly key: string; readonly notes: string | null }
  | { readonly kind: 'request'; readonly provider: string; readonly notes: string | null }
  | { readonly kind: 'cancel_appointment'; readonly reasonId: string; readonly notes: string | null }
  | { readonly kind: 'cancel_order'; readonly reason: CancellationReason };

/** The API's limit for notes (characters). */
export const MAX_NOTES_LENGTH = 1_000;

/** The answer to a change. */
export interface Changed {
  /** Null if the order itself was cancelled. */
  readonly appointment: Appointment | null;
  readonly transaction: Transaction;
}

/** The function that calls Junction stops after 29 seconds; after this time there is no answer any more (ms). */
const TIMEOUT_MS = 40_000;

/** Asks the API for a change. Throws ApiProblem or Unreachable. */
export async function changeOrder(
  api: Pick<Api, 'json'>,
  orderId: string,
  change: OrderChange,
): Promise<Changed> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const path = appointmentPath(orderId);
  const appointment_notes =
    'notes' in change && change.notes !== null ? { appointment_notes: change.notes } : {};
  switch (change.kind) {
    case 'book':
    case 'reschedule': {
      const method = change.kind === 'book' ? 'POST' : 'PATCH';
      const body = { booking_key: change.key, ...appointment_notes };
      return api.json<ChangedAppointment>(path, { method, body, signal });
    }
    case 'request': {
      const body = { provider: change.provider, ...appointment_notes };
      return api.json<ChangedAppointment>(path, { method: 'POST', body, signal });
    }
    case 'cancel_appointment': {
      const { reasonId: cancellation_reason_id, notes } = change;
      const body = { cancellation_reason_id, ...(notes !== null && { notes }) };
      return api.json<ChangedAppointment>(path, { method: 'DELETE', body, signal });
    }
    case 'cancel_order': {
      const answer = await api.json<CancelledOrder>(`/v1/orders/${encodeURIComponent(orderId)}/cancel`, {
        method: 'POST',
        body: { reason: change.reason },
        signal,
      });
      return { ...answer, appointment: null };
    }
  }
}

/** The order with what the API answered about it. Its events follow with the next refresh. */
export function withAnswer(order: Order, { appointment, transaction }: Changed): Order {
  const shown = transaction.orders.find(({ id }) => id === order.id);
  const others = order.appointments.filter(({ id }) => id !== appointment?.id);
  return {
    ...order,
    ...(shown && { status: shown.status, low_level_status: shown.low_level_status }),
    ...(appointment && { appointments: [...others, appointment] }),
  };
}

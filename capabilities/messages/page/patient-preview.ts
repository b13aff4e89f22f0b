import { activeAppointment } from '../../../core/domain/order/order-progress.ts';
import type { Order, Transaction } from '../../../dashboard/src/api/answers.ts';
import { isCancelled, lastChanged } from '../rules/visits.ts';
import type { MessageFields } from '../templates/fields.ts';
import { messageFields } from '../templates/message-fields.ts';
import type { MessagePreviews } from './templates/previews.ts';

/** What a message says to this patient, except the first name, which only Junction has. */
export function fieldsForPatient(
  { sender }: Pick<MessagePreviews, 'sender'>,
  transaction: Transaction,
  { template, order }: { readonly template: string; readonly order: VisitedOrder | undefined },
): MessageFields {
  return messageFields(sender, transaction, order && visitOf(template, order), null);
}

type VisitedOrder = Pick<Order, 'events' | 'appointments'>;

/** The appointment that a message is about; undefined if it is about none. */
function visitOf(template: string, order: VisitedOrder) {
  if (template === 'appointment_missed') return activeAppointment(order);
  if (template !== 'appointment_cancelled') return undefined;
  const cancelled = order.appointments.filter(isCancelled);
  // If only the order's status says so, the appointment's own webhook is missing.
  return lastChanged(cancelled.length > 0 ? cancelled : order.appointments);
}

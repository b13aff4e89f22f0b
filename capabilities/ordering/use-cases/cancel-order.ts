import { cancellationRefusal } from '../../../core/domain/order/cancellation.ts';
import { type OrderFacts, type OrderRecord, statusOf } from '../../../core/domain/order/order-record.ts';
import { orderClass } from '../../../core/domain/order/status.ts';
import { JunctionOutcomeUnknown, JunctionRefused } from '../junction/refused.ts';
import { askCurrentOrder, askedOf, currentAppointment } from './ask-current-order.ts';
import { joinOrder } from './join-answer.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused, refusedByJunction } from './refusals.ts';

/**
 * Cancels an order. Junction cancels an appointment at home with it; one at a patient service center stays.
 *
 * @returns the order after it
 * @throws OrderingRefused 409 with the rule where its status does not allow it
 * @throws JunctionOutcomeUnknown if Junction may have cancelled it
 */
export async function cancelOrder(context: OrderingContext, orderId: string): Promise<OrderRecord> {
  const { record } = await askCurrentOrder(context, orderId);
  const { low_level_status, status } = statusOf(record);
  const why = cancellationRefusal(record.snapshot?.modality ?? null, low_level_status, status);
  if (why) throw new OrderingRefused('conflict', `${why} Nothing was changed.`);
  const cancelled = await joinOrder(context.projection, await cancel(context, record));
  if (record.appointments.length === 0) return cancelled;
  return (await currentAppointment(context, cancelled).catch(() => null)) ?? cancelled;
}

/** Cancels. If the answer is lost, asks whether it was done. */
async function cancel(context: OrderingContext, record: OrderRecord): Promise<OrderFacts> {
  const { junction } = context;
  const asked = askedOf(context, record);
  try {
    return (await junction.cancelOrder(asked)).facts;
  } catch (error) {
    if (error instanceof JunctionRefused) throw refusedByJunction(error, 'cancellation', 'conflict');
    if (!(error instanceof JunctionOutcomeUnknown)) throw error;
    const answer = await junction.order(record.id, asked.now, asked).catch(() => null);
    if (answer && isCancelled(answer.facts)) return answer.facts;
    throw error;
  }
}

const isCancelled = ({ events }: OrderFacts) =>
  events.some(({ status }) => orderClass(status.split('.').at(-1) ?? null, null) === 'X');

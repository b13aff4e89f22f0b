import type { AppointmentKind } from '../../../core/domain/order/appointment-kind.ts';
import type { Availability } from '../junction/availability.ts';
import { JunctionRefused } from '../junction/refused.ts';
import { askCurrentOrder, bookingKindOf } from './ask-current-order.ts';
import { homeServiceOf } from './look-up-circumstances.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused, refusedByJunction } from './refusals.ts';

export interface AvailableSlots extends Availability {
  readonly kind: AppointmentKind;
  /** Providers at home without slots, which set the time later. */
  readonly request_providers: readonly string[];
}

/**
 * The free slots of an order from a day on: at home by the address of the order, or at the service centers near it.
 *
 * @throws OrderingRefused, OrderNotFound
 */
export async function findFreeSlots(
  context: OrderingContext,
  orderId: string,
  startDate: string | null,
): Promise<AvailableSlots> {
  const { record, place } = await askCurrentOrder(context, orderId);
  const kind = bookingKindOf(record);
  if (!place) throw new OrderingRefused('conflict', 'Junction did not provide the address of the patient.');
  try {
    const [slots, service] = await Promise.all([
      context.junction.availability(kind, place, startDate),
      kind === 'phlebotomy' ? homeServiceOf(context, place.zip) : null,
    ]);
    return { kind, ...slots, request_providers: service?.request ?? [] };
  } catch (error) {
    if (error instanceof JunctionRefused) throw refusedByJunction(error, 'request', 'conflict');
    throw error;
  }
}

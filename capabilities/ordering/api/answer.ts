import * as z from 'zod/mini';
import { appointment } from '../../../core/api/orders/answer.ts';
import { transaction } from '../../../core/api/transactions/answer.ts';
import { APPOINTMENT_KINDS } from '../../../core/domain/order/appointment-kind.ts';
import { availability } from '../junction/availability.ts';
import { cancellationReasons, portalLink } from '../junction/ordering-client.ts';

/** A placed order. */
export const placedOrder = z.object({
  /** Junction's order, as it answered. */
  order: z.looseObject({ id: z.string() }),
  /** Our transaction of the order. */
  transaction,
});

/** The transaction of an order that was cancelled. */
export const cancelledOrder = z.object({ transaction });

/** An appointment that was booked, moved or cancelled, and the transaction of its order. */
export const changedAppointment = z.object({ appointment, transaction });

/** The free slots of an order, and the providers that can be asked for a visit instead. */
export const freeSlots = z.object({
  /** `phlebotomy`: at home. `psc`: at a patient service center. */
  kind: z.enum(APPOINTMENT_KINDS),
  ...availability.shape,
  /** Providers without slots, which set the time later. */
  request_providers: z.array(z.string()),
});

export const reasons = z.object({ reasons: cancellationReasons });

/** A link for the patient, as Junction answered. */
export { portalLink };

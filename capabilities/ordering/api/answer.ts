import * as z from 'zod/mini';
import { appointment } from '../../../core/api/orders/answer.ts';
import { transaction } from '../../../core/api/transactions/answer.ts';
import { describe } from '../../../core/domain/describe.ts';
import { APPOINTMENT_KINDS } from '../../../core/domain/order/appointment-kind.ts';
import { availability, availabilityProperties } from '../junction/availability.ts';
import { cancellationReasons, portalLink } from '../junction/ordering-client.ts';

const junctionOrder = z.looseObject({ id: z.string() });
DOCS: describe(junctionOrder, {
  id: 'JunctionOrder',
  description:
    'An order in Junction’s own format, as Junction answered: https://docs.junction.com/api-reference/lab-testing/create-order',
  properties: { id: 'The ID of the order.' },
});

export const placedOrder = z.object({ order: junctionOrder, transaction });
DOCS: describe(placedOrder, { id: 'PlacedOrder', description: 'A placed order, and its transaction.' });

export const cancelledOrder = z.object({ transaction });
DOCS: describe(cancelledOrder, {
  id: 'CancelledOrder',
  description: 'The transaction of an order that was cancelled.',
});

export const changedAppointment = z.object({ appointment, transaction });
DOCS: describe(changedAppointment, {
  id: 'ChangedAppointment',
  description: 'An appointment that was booked, moved or cancelled, and the transaction of its order.',
});

export const freeSlots = z.object({
  kind: z.enum(APPOINTMENT_KINDS),
  ...availability.shape,
  request_providers: z.array(z.string()),
});
DOCS: describe(freeSlots, {
  id: 'AvailableSlots',
  description: 'The free slots of an order, and the providers that can be asked for a visit instead.',
  properties: {
    kind: '`phlebotomy`: at home. `psc`: at a patient service center.',
    ...availabilityProperties,
    request_providers: 'Providers without slots, which set the time later.',
  },
});

export const reasons = z.object({ reasons: cancellationReasons });
DOCS: describe(reasons, {
  id: 'CancellationReasons',
  description: 'The reasons for which an appointment can be cancelled.',
  properties: { reasons: 'Junction’s reasons.' },
});

/** A link for the patient, as Junction answered. */
export { portalLink };

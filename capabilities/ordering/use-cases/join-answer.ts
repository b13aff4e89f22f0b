import type { AppointmentFacts, OrderFacts, OrderRecord } from '../../../core/domain/order/order-record.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { writeAnswer } from '../../../core/store/orders/write-answer.ts';
import { writeAppointmentAnswer } from '../../../core/store/orders/write-appointment.ts';
import { type Projection, recompute } from '../../../core/use-cases/recompute.ts';
import { RegistrationConflict, register } from '../../../core/use-cases/register-order.ts';

/** Joins what Junction answered about an order, so that its transaction shows it at once. The webhook then has nothing new. */
export async function joinOrder(projection: Projection, facts: OrderFacts): Promise<OrderRecord> {
  await writeAnswer(projection.table, facts);
  return recomputed(projection, facts.id);
}

/** Joins an order that was just placed, and registers it as a customer would have. */
export async function joinPlacedOrder(projection: Projection, facts: OrderFacts): Promise<OrderRecord> {
  const { id, transactionId, snapshot, clientUser, receivedAt } = facts;
  await writeAnswer(projection.table, facts);
  if (transactionId !== null) {
    const registration = {
      transaction_id: transactionId,
      user_id: snapshot.user_id,
      client_user_id: clientUser?.client_user_id ?? null,
    };
    try {
      await register(projection, id, registration, new Date(receivedAt));
    } catch (error) {
      // A newer fact takes precedence.
      if (!(error instanceof RegistrationConflict)) throw error;
    }
  }
  return recomputed(projection, id);
}

/** Joins what Junction answered about an appointment. */
export async function joinAppointment(projection: Projection, facts: AppointmentFacts): Promise<OrderRecord> {
  await writeAppointmentAnswer(projection.table, facts);
  return recomputed(projection, facts.orderId);
}

async function recomputed(projection: Projection, id: string): Promise<OrderRecord> {
  const record = await readOrder(projection.table, id);
  if (!record) throw new Error('the order that was just written is not there');
  await recompute(projection, record);
  return record;
}

import type { Source } from '../../domain/order/arrivals.ts';
import type { AppointmentFacts } from '../../domain/order/order-record.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Table } from '../table.ts';
import { changeOrder, newerThan } from './change-order.ts';
import { encodeAppointment, encodeClaim } from './order-encoding.ts';
import {
  appointmentAttribute,
  appointmentClaimAttribute,
  HEARD_AT,
  secondsOf,
  textAt,
  WAS_PROVISIONAL,
} from './order-item.ts';

/** Joins the state of an appointment into its order's item, also before the order itself arrives. */
export async function writeAppointment(
  table: Table,
  facts: AppointmentFacts,
  by: Source = 'webhook',
): Promise<WriteOutcome> {
  const { orderId, appointment, transactionId, rank } = facts;
  const attribute = appointmentAttribute(appointment.id);
  const claimed = appointmentClaimAttribute(appointment.id);
  const claim = transactionId === null ? null : encodeClaim({ rank, transaction_id: transactionId });
  const add = transactionId === null ? {} : { claimed_by: new Set([transactionId]) };
  const initialize = { [WAS_PROVISIONAL]: transactionId === null, [HEARD_AT]: secondsOf(facts.receivedAt) };
  const held = await changeOrder(
    table,
    orderId,
    {
      by,
      add,
      replace: {
        [attribute]: { rank, appointment: encodeAppointment(appointment) },
        ...(claim && { [claimed]: claim }),
      },
      initialize,
    },
    {
      condition: 'attribute_not_exists(#appointment) OR #appointment.#rank < :rank',
      names: { '#appointment': attribute, '#rank': 'rank' },
      values: { ':rank': rank },
    },
  );
  if (held === null) return 'applied';
  const heldRank = (held[attribute] as { rank: string }).rank;
  if (claim && textAt(held, claimed) < claim && heldRank !== rank) {
    await changeOrder(
      table,
      orderId,
      { by, add, replace: { [claimed]: claim }, initialize },
      newerThan(claimed, claim),
    );
    return 'merged';
  }
  return heldRank === rank ? 'duplicate' : 'superseded';
}

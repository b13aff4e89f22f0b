import { type Instant, parseInstant } from '../../../core/domain/instant.ts';
import { type AppointmentKind, appointmentKindOf } from '../../../core/domain/order/appointment-kind.ts';
import { type OrderRecord, userId } from '../../../core/domain/order/order-record.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { changesFound } from '../../../core/use-cases/reconcile/changes-found.ts';
import { recordCheck } from '../../../core/use-cases/reconcile/record-check.ts';
import { displayedTransactionId, findOrder } from '../../../core/use-cases/team-visibility.ts';
import type { Asked } from '../junction/asked.ts';
import type { Place } from '../junction/place.ts';
import { joinAppointment, joinOrder } from './join-answer.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused } from './refusals.ts';

/** The time of the request, as facts have it. */
export const nowOf = ({ clock }: Pick<OrderingContext, 'clock'>): Instant =>
  parseInstant(clock().toISOString()) ?? '';

/** An order as Junction has it now. */
export interface CurrentOrder {
  readonly record: OrderRecord;
  /** Null if Junction does not say. */
  readonly place: Place | null;
}

/**
 * Asks Junction about an order that is known here, and joins its answer: a decision must not depend on a webhook that is late.
 *
 * @throws OrderNotFound, JunctionUnavailable
 */
export async function askCurrentOrder(context: OrderingContext, id: string): Promise<CurrentOrder> {
  const known = await findOrder(context, id);
  const answer = await context.junction.order(known.id, nowOf(context));
  if (!answer) throw new JunctionUnavailable("Junction's API does not know the order", 'not_known');
  const { facts, place } = answer;
  const record = await joinOrder(context.projection, facts);
  await noteAsked(context, known, record);
  return { record, place };
}

/** What is asked about an order, and what the answer must be about. */
export function askedOf(context: OrderingContext, record: OrderRecord): Asked {
  const teamId = record.snapshot?.team_id ?? null;
  return { orderId: record.id, userId: userId(record), teamId, now: nowOf(context) };
}

/** Notes on the transaction of an order that Junction was asked about the order, and what that brought. */
async function noteAsked(context: OrderingContext, before: OrderRecord, after: OrderRecord): Promise<void> {
  const { projection, caller } = context;
  const id = (await displayedTransactionId(context, after)) ?? after.id;
  const changes = changesFound(before, after, false);
  await recordCheck(projection, id, { at: nowOf(context), origin: 'ordering', caller, changes });
}

/** How an order is booked. @throws OrderingRefused if orders of its modality are not */
export function bookingKindOf({ snapshot }: OrderRecord): AppointmentKind {
  const kind = appointmentKindOf(snapshot?.modality ?? null);
  if (kind) return kind;
  throw new OrderingRefused('conflict', 'Orders with this collection method do not have appointments.');
}

/** Asks Junction for the active appointment of an order, and joins its answer. Null if Junction has none. */
export async function currentAppointment(
  context: OrderingContext,
  record: OrderRecord,
): Promise<OrderRecord | null> {
  const kind = appointmentKindOf(record.snapshot?.modality ?? null);
  const facts = kind && (await context.junction.appointment(kind, record.id));
  return facts && joinAppointment(context.projection, facts);
}

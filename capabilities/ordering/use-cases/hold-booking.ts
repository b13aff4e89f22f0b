import { type Instant, later } from '../../../core/domain/instant.ts';
import { appointmentKindOf } from '../../../core/domain/order/appointment-kind.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { orderClass } from '../../../core/domain/order/status.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { byUser, listTransactions } from '../../../core/store/transactions/transaction-lists.ts';
import { bookedAppointment } from '../rules/booked-appointment.ts';
import type { BookingHold, BookingPlace, HoldState } from '../rules/booking-hold.ts';
import { readBookingHold, writeBookingHold } from '../store/bookings.ts';
import { currentAppointment, nowOf } from './ask-current-order.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused } from './refusals.ts';

/** No function runs longer than this (ms), so that the outcome of an older booking can be asked for. */
const IN_PROGRESS = 60_000;
/** How many of a patient's newest transactions are searched for other appointments. */
const MAX_TRANSACTIONS = 25;

/**
 * Acquires the patient's booking lock for an order, before calling Junction. Whether the patient has an appointment with the
 * provider follows from the facts of the patient's orders, so that any webhook or answer about them ends it, in any order of arrival.
 *
 * @param providers the providers that the booking can be with; null if that is not known, or if there is one only
 * @throws OrderingRefused 409 if the patient has an active appointment with the provider, or another booking is in progress
 */
export async function holdBooking(
  context: OrderingContext,
  record: OrderRecord,
  place: BookingPlace,
  providers: readonly string[] | null,
): Promise<BookingHold> {
  const { table } = context;
  const now = nowOf(context);
  const held = await readBookingHold(table, place);
  if (held?.state === 'pending' && now < later(held.since, IN_PROGRESS)) throw inProgress();
  const others = await otherOrders(context, record, place, held);
  for (const one of [record, ...others]) {
    const isOwn = one.id === record.id;
    const isOutcomeUnknown = held?.state === 'pending' && held.order_id === one.id;
    // An order has one appointment, with any provider.
    if (await isBooked(context, one, { providers: isOwn ? null : providers, isOutcomeUnknown, now })) {
      throw alreadyBooked(isOwn);
    }
  }
  const hold = { ...place, order_id: record.id, state: 'pending', since: now } as const;
  const taken = await writeBookingHold(table, hold, held);
  if (!taken) throw inProgress();
  return taken;
}

/** The order that has the booking, and the patient's other orders that may have an appointment. */
async function otherOrders(
  { table }: OrderingContext,
  { id }: OrderRecord,
  { user_id, kind }: BookingPlace,
  held: BookingHold | null,
): Promise<OrderRecord[]> {
  const list = await listTransactions(table, byUser(user_id), { limit: MAX_TRANSACTIONS, after: null });
  const open = list.transactions.flatMap(({ orders }) =>
    orders.filter((one) => 'PX'.includes(orderClass(one.low_level_status, one.status))),
  );
  const ids = new Set([...(held ? [held.order_id] : []), ...open.map((one) => one.id)]);
  ids.delete(id);
  const records = await Promise.all([...ids].map((one) => readOrder(table, one)));
  return records
    .filter((one) => one !== null)
    .filter(({ snapshot }) => appointmentKindOf(snapshot?.modality ?? null) === kind);
}

/**
 * Whether an order has an appointment with one of the providers. Junction is asked if it seems to have one, because what ended it may not
 * have been reported yet, and if the outcome of its booking is not known.
 */
async function isBooked(
  context: OrderingContext,
  record: OrderRecord,
  {
    providers,
    isOutcomeUnknown,
    now,
  }: {
    readonly providers: readonly string[] | null;
    readonly isOutcomeUnknown: boolean;
    readonly now: Instant;
  },
): Promise<boolean> {
  const isOfProvider = (one: OrderRecord) => {
    const appointment = bookedAppointment(one, now);
    if (!appointment || !providers) return appointment !== null;
    return appointment.provider === null || providers.includes(appointment.provider);
  };
  if (!isOfProvider(record) && !isOutcomeUnknown) return false;
  try {
    const current = await currentAppointment(context, record);
    return current !== null && isOfProvider(current);
  } catch (error) {
    if (!(error instanceof JunctionUnavailable)) throw error;
    if (isOutcomeUnknown) throw error;
    return true;
  }
}

/** Records the outcome of a booking. Any later holder has already checked the facts. */
export async function endHold(
  { table }: OrderingContext,
  hold: BookingHold,
  state: Exclude<HoldState, 'pending'>,
): Promise<void> {
  await writeBookingHold(table, { ...hold, state }, hold);
}

function inProgress(): OrderingRefused {
  return new OrderingRefused(
    'conflict',
    'Another booking for this patient is in progress. Nothing was booked.',
    { retryAfter: IN_PROGRESS / 1_000 },
  );
}

function alreadyBooked(isOwn: boolean): OrderingRefused {
  const why = isOwn
    ? 'The order has an active appointment. Reschedule or cancel it.'
    : 'The patient has an active appointment with this provider for another order.';
  return new OrderingRefused('conflict', `${why} Nothing was booked.`);
}

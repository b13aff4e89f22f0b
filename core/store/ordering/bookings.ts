import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import type { AppointmentKind } from '../../domain/order/appointment-kind.ts';
import { putNextRevision } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import { itemKey, TIME_TO_LIVE } from '../table-layout.ts';

/**
 * Whose bookings are made one after the other. Which provider a slot at home belongs to is not always known, so those of one
 * patient at home wait for each other, whatever their provider, and so do those at service centers.
 */
export interface BookingPlace {
  readonly user_id: string;
  readonly kind: AppointmentKind;
}

/**
 * The last booking of a patient. `pending`: Junction is being asked, or the outcome is not known. `held`: it was booked; the facts
 * of the order say whether the appointment still counts. `released`: nothing was booked.
 */
export interface BookingHold extends BookingPlace {
  readonly order_id: string;
  readonly state: 'pending' | 'held' | 'released';
  readonly since: Instant;
  /** Increases by one with every write. */
  readonly revision: number;
}

/** An appointment is nearer than this (s). */
const KEPT_FOR = 180 * 86_400;

const keyOf = ({ user_id, kind }: BookingPlace) => itemKey('BOOKING', `${user_id}#${kind}`);

/** Reads a hold consistently; null if there is none. */
export async function readBookingHold(table: Table, place: BookingPlace): Promise<BookingHold | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keyOf(place), ConsistentRead: true }),
  );
  if (!Item) return null;
  const { order_id, state, since, revision } = Item as Omit<BookingHold, keyof BookingPlace>;
  return { ...place, order_id, state, since, revision };
}

/**
 * Writes a hold on condition that it has not changed since it was read.
 *
 * @param read null if there was none
 * @returns the stored hold; null if another request wrote it
 */
export async function writeBookingHold(
  table: Table,
  next: Omit<BookingHold, 'revision'>,
  read: BookingHold | null,
): Promise<BookingHold | null> {
  const { order_id, state, since } = next;
  const expires = { [TIME_TO_LIVE]: Math.floor(Date.parse(since) / 1_000) + KEPT_FOR };
  const item = { ...keyOf(next), order_id, state, since, ...expires };
  const revision = await putNextRevision(table, item, read);
  return revision === null ? null : { ...next, revision };
}

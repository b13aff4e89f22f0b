import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../../../core/domain/retention.ts';
import { putNextRevision } from '../../../core/store/guarded-writes.ts';
import type { Table } from '../../../core/store/table.ts';
import { itemKey, TIME_TO_LIVE } from '../../../core/store/table-layout.ts';
import type { BookingHold, BookingPlace } from '../rules/booking-hold.ts';

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
  const expires = { [TIME_TO_LIVE]: expiryOf('booking', since) };
  const item = { ...keyOf(next), order_id, state, since, ...expires };
  const revision = await putNextRevision(table, item, read);
  return revision === null ? null : { ...next, revision };
}

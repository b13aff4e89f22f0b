/** Where the transactions of a user are in an index. The items of transactions have the ids of users only there. */
import { splitId } from '../table-layout.ts';

/** The place of an id of a user in an index: its partition has the ids with the same first characters. */
export interface UserPlace {
  readonly partition: string;
  /** What the sort keys of the ids that begin with this one begin with. */
  readonly within: string;
  /** What the sort keys of this id begin with. */
  readonly exactly: string;
}
/** The place in the index of transactions by user. */
export const userPlace = (userId: string) => placeOf('USER', userId);
/** A client user id in its search form. People type these ids, so case and spaces around them do not matter. */
export const foldedClientUserId = (clientUserId: string) => clientUserId.trim().toLowerCase();
/** The place in the index of transactions by client user. */
export const clientPlace = (clientUserId: string) => placeOf('CLIENT', foldedClientUserId(clientUserId));
/** These ids are of any form, so the separator is escaped in them. */
function placeOf(kind: 'USER' | 'CLIENT', id: string): UserPlace {
  const [start, rest] = splitId(id);
  const within = rest.replaceAll('%', '%25').replaceAll('#', '%23');
  return { partition: `${kind}#${start}`, within, exactly: `${within}#` };
}

/** The id that a transaction's keys in such an index hold; null if it has none. */
export function idInPlace(partition: unknown, sortKey: unknown): string | null {
  if (typeof partition !== 'string' || typeof sortKey !== 'string') return null;
  const start = partition.slice(partition.indexOf('#') + 1);
  const [rest = ''] = sortKey.split('#');
  return start + rest.replaceAll('%23', '#').replaceAll('%25', '%');
}

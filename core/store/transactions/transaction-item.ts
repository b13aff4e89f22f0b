import type { Instant } from '../../domain/instant.ts';
import { resultsReportedAt } from '../../domain/results/reported-results.ts';
import { needsNoKey } from '../../domain/transaction/correction-checks.ts';
import { isWithheld } from '../../domain/transaction/incompleteness.ts';
import type { OpenOrder } from '../../domain/transaction/open-order.ts';
import { counting, ownershipOf } from '../../domain/transaction/ownership.ts';
import { slotsOf } from '../../domain/transaction/slots.ts';
import {
  type HeldTransaction,
  isEmptied,
  type StoredTransaction,
} from '../../domain/transaction/stored-transaction.ts';
import type { Transaction } from '../../domain/transaction/transaction.ts';
import { ordersOf } from '../../domain/transaction/transaction-orders.ts';
import { worklistEntryOf } from '../../domain/transaction/worklist-entry.ts';
import { readAttributes } from '../damaged-items.ts';
import { bucketOf, CAUSE, type Item } from '../table.ts';
import { idIn, isOfKind, itemName, splitId, transactionKey } from '../table-layout.ts';
import { decodeContributions, encodeContributions } from './contribution-encoding.ts';
import { WORKLIST_PARTITIONS } from './worklist-partitions.ts';

/** The partitions of the index of transactions by status. */
export const statusPartition = (status: string) => `STATUS#${status}`;
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
/** The partition of the index of transactions with results, by the time of the lab's newest report. */
export const WITH_RESULTS = 'RESULTS';
/** The partition of the index of checks. */
export const CHECKS = 'CHECK';
/** The partition of that index with the transactions whose changes are not published yet, because they lack an order. */
export const INCOMPLETE = 'INCOMPLETE';
/** The partition of that index with the transactions that a sweep without an API key looks at too. */
export const CORRECTIONS = 'CORRECTION';

/** The sort key for newest first, also for transactions whose creation time is unknown. */
export const creationKey = ({ created_at, updated_at, heard_at }: Transaction, id: string) =>
  `${created_at ?? updated_at ?? heard_at ?? ''}#${id}`;

/** The item of a transaction. Its orders are not stored, because they are derived from the contributions. */
export function transactionItem(held: HeldTransaction): Item {
  if (isEmptied(held)) {
    const { id, ...attributes } = held;
    return { ...transactionKey(id), ...attributes };
  }
  // The planned check of an open order is in the key of its index entry, and its id follows from the contributions.
  const { id, orders: _, order_check_at: __, open_order, contributions, ...attributes } = held;
  const newest = creationKey(held, id);
  return {
    ...transactionKey(id),
    ...attributes,
    contributions: encodeContributions(contributions),
    open_order: open_order && withoutId(open_order),
    status_pk: bucketOf(statusPartition(held.status), id),
    status_sk: newest,
    ...(held.user_id !== null && userKeys(userPlace(held.user_id), newest)),
    ...(held.client_user_id !== null && clientKeys(clientPlace(held.client_user_id), newest)),
    ...resultsKeys(held),
    ...worklistKeys(held),
    ...(held.check_at !== null && {
      check_pk: bucketOf(checksOf(held), id),
      check_sk: `${held.check_at}#${id}`,
    }),
  };
}

/** The list of checks that a transaction is in. */
function checksOf(held: StoredTransaction): string {
  if (isWithheld(held)) return INCOMPLETE;
  return needsNoKey(held.contributions) ? CORRECTIONS : CHECKS;
}

function resultsKeys(held: StoredTransaction): Item {
  const at = resultsReportedAt(held);
  if (at === null) return {};
  return { results_pk: bucketOf(WITH_RESULTS, held.id), results_sk: `${at}#${held.id}` };
}

const userKeys = ({ partition, exactly }: UserPlace, newest: string) => ({
  user_pk: partition,
  user_sk: exactly + newest,
});

const clientKeys = ({ partition, exactly }: UserPlace, newest: string) => ({
  client_pk: partition,
  client_sk: exactly + newest,
});

/** These ids are of any form, so the separator is escaped in them. */
function placeOf(kind: 'USER' | 'CLIENT', id: string): UserPlace {
  const [start, rest] = splitId(id);
  const within = rest.replaceAll('%', '%25').replaceAll('#', '%23');
  return { partition: `${kind}#${start}`, within, exactly: `${within}#` };
}

function worklistKeys(stored: StoredTransaction): Item {
  const entry = worklistEntryOf(stored);
  if (entry === null) return {};
  const { list, at } = entry;
  return { due_pk: bucketOf(WORKLIST_PARTITIONS[list], stored.id), due_sk: `${at ?? ''}#${stored.id}` };
}

function withoutId({ order_id: _, ...openOrder }: OpenOrder): Item {
  return openOrder;
}

/** When the sweep looks at the open order of an item next; null if it does not. */
export function orderCheckIn({ due_pk, due_sk }: Item): Instant | null {
  const isPlanned = typeof due_pk === 'string' && due_pk.startsWith(`${WORKLIST_PARTITIONS.watched_orders}#`);
  return isPlanned && typeof due_sk === 'string' ? (due_sk.split('#')[0] ?? null) : null;
}

/** What an item contains in addition to the transaction. */
const NOT_OF_TRANSACTION = [
  CAUSE,
  'pk',
  'sk',
  'status_pk',
  'status_sk',
  'user_pk',
  'user_sk',
  'client_pk',
  'client_sk',
  'results_pk',
  'results_sk',
  'due_pk',
  'due_sk',
  'check_pk',
  'check_sk',
];

/**
 * Reads a transaction item, also an emptied one.
 *
 * @throws DamagedItem if the item cannot be read as a transaction
 */
export const readHeldItem = (item: Item): HeldTransaction => readAttributes(item, heldIn);

function heldIn(item: Item): HeldTransaction {
  const { sk, revision } = item;
  if (!isOfKind('TX', sk) || typeof revision !== 'number') {
    throw new TypeError(`not a transaction item: ${itemName(item)}`);
  }
  const attributes = Object.fromEntries(
    Object.entries(item).filter(([name]) => !NOT_OF_TRANSACTION.includes(name)),
  );
  const held = { ...attributes, id: idIn('TX', item) } as unknown as HeldTransaction;
  if (isEmptied(held)) return held;
  const contributions = decodeContributions(held.contributions);
  const orders = ordersOf(counting(contributions, ownershipOf(contributions)));
  return {
    ...held,
    contributions,
    orders,
    open_order: held.open_order && { ...held.open_order, order_id: slotsOf(orders).initial?.id ?? '' },
    order_check_at: orderCheckIn(item),
  };
}

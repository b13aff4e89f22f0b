import type { FollowUpClocks } from '../../domain/clocks/clocks.ts';
import { type Instant, instantOfStamp, NO_STAMP, stampOf } from '../../domain/instant.ts';
import type { Departures } from '../../domain/members/standing.ts';
import { isProvisional } from '../../domain/stored/next-revision.ts';
import {
  type HeldTransaction,
  isEmptied,
  type StoredTransaction,
  type TransactionMarks,
} from '../../domain/stored/stored-transaction.ts';
import { UNMARKED } from '../../domain/transaction/acknowledgement.ts';
import { type Transaction, transactionOf } from '../../domain/transaction/transaction.ts';
import { readAttributes } from '../damaged-items.ts';
import type { Item } from '../table.ts';
import { idIn, isOfKind, itemName, transactionKey } from '../table-layout.ts';
import {
  decodeContributions,
  decodeShared,
  encodeContributions,
  encodeShared,
  sharedBy,
} from './contribution-encoding.ts';
import { indexKeys, orderCheckIn } from './index-keys.ts';

/** What people and the sweep have set, stored as it is. Most transactions have none of it. */
const PLAIN_MARKS = [
  'overdue',
  'told',
  'checks',
  'assignment',
  'noted',
  'contact',
  'review',
  'incomplete',
] as const;

/**
 * The item of a transaction: the contributions of its orders and its marks. What follows from them is computed when it is read,
 * except for what depends on the clocks.
 */
export function transactionItem(held: HeldTransaction): Item {
  if (isEmptied(held)) {
    const { id, ...attributes } = held;
    return { ...transactionKey(id), ...attributes };
  }
  const { id, revision, contributions, departures } = held;
  const shared = sharedBy(held, contributions);
  const due = dueOf(held);
  const keys = indexKeys(held);
  return {
    ...transactionKey(id),
    revision,
    contributions: encodeContributions(contributions, shared),
    ...encodeShared(shared),
    ...(Object.keys(departures).length > 0 && { departures }),
    ...(due && { due: encodeDue(due, keys) }),
    ...encodeMarks(held),
    ...plannedCheck(held.check_at, keys),
    ...keys,
  };
}

/** When Junction is asked next, unless the key of the index of checks says it. */
function plannedCheck(check_at: Instant | null, { k_sk }: Item): Item {
  return check_at === null || k_sk !== undefined ? {} : { check_at: stampOf(check_at) };
}

/** The same, from an item. */
export function checkIn({ k_sk, check_at }: Item): Instant | null {
  return instantIn(typeof k_sk === 'string' ? k_sk.slice(0, NO_STAMP.length) : check_at);
}

function encodeMarks({ marks, checked_at, unanswered, ...held }: TransactionMarks): Item {
  return {
    ...(marks.progress !== null && { marks }),
    ...(checked_at !== null && { checked_at: stampOf(checked_at) }),
    ...(unanswered !== null && { unanswered }),
    ...Object.fromEntries(
      PLAIN_MARKS.flatMap((name) => (held[name] === undefined ? [] : [[name, held[name]]])),
    ),
  };
}

/** The marks in an item whose attributes are intact. */
function decodeMarks(item: Item): TransactionMarks {
  return {
    marks: (item.marks as TransactionMarks['marks'] | undefined) ?? UNMARKED,
    checked_at: instantIn(item.checked_at),
    check_at: checkIn(item),
    order_check_at: orderCheckIn(item),
    unanswered: (item.unanswered as TransactionMarks['unanswered'] | undefined) ?? null,
    ...Object.fromEntries(
      PLAIN_MARKS.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
    ),
  };
}

/** The instant of a stored stamp; null if there is none, or if it is damaged. */
export function instantIn(value: unknown): Instant | null {
  return typeof value === 'string' && STAMP.test(value) ? instantOfStamp(value) : null;
}

/** The form of a stored stamp. */
export const STAMP = /^[0-9a-z]{12}$/;

interface Due {
  readonly since: Instant | null;
  readonly due_at: Instant | null;
}

/** When the open redraw or the open order is due: the clocks can change, and the indexes hold what they said. */
function dueOf({ redraw, open_order }: Transaction): Due | null {
  return redraw !== null && redraw.stage !== null ? redraw : open_order;
}

const BETWEEN = '-';
/** In place of a due time that the key of the worklist says. */
const AS_IN_KEY = '=';

/** The time that the key of the worklist begins with. */
const worklistStamp = ({ d_sk }: Item) => (typeof d_sk === 'string' ? d_sk.slice(0, NO_STAMP.length) : null);

function encodeDue({ since, due_at }: Due, keys: Item): string {
  const [from, to] = [since, due_at].map((instant) => instant && stampOf(instant));
  return [from, to !== null && to === worklistStamp(keys) ? AS_IN_KEY : to].join(BETWEEN);
}

function withDue(transaction: Transaction, item: Item): Transaction {
  if (typeof item.due !== 'string') return transaction;
  const [from, to] = item.due.split(BETWEEN);
  const due = { since: instantIn(from), due_at: instantIn(to === AS_IN_KEY ? worklistStamp(item) : to) };
  const { redraw, open_order } = transaction;
  return redraw !== null && redraw.stage !== null
    ? { ...transaction, redraw: { ...redraw, ...due } }
    : { ...transaction, open_order: open_order && { ...open_order, ...due } };
}

/** For what does not depend on clocks. */
const NO_TIME = {
  noRequisition: 0,
  noAppointment: 0,
  afterAppointment: 0,
  afterResultDate: 0,
  noResultDate: 0,
};
const ANY_CLOCKS: FollowUpClocks = { ...NO_TIME, noOrder: 0, labTimeZone: 'UTC', orders: NO_TIME };

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
  const id = idIn('TX', item);
  const departures = (item.departures as Departures | undefined) ?? {};
  if (item.emptied === true) return { id, revision, emptied: true, contributions: {}, departures };
  const contributions = decodeContributions(item.contributions as Record<string, Item>, decodeShared(item));
  return {
    id,
    revision,
    provisional: isProvisional(id, contributions),
    contributions,
    departures,
    ...withDue(transactionOf(contributions, ANY_CLOCKS), item),
    ...decodeMarks(item),
  } satisfies StoredTransaction;
}

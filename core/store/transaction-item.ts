import { type Instant, latest } from '../domain/instant.ts';
import { isOpen } from '../domain/redraw/redraw.ts';
import type { RedrawClocks } from '../domain/redraw/redraw-clocks.ts';
import { isUnchecked, marksHolding, type RedrawMarks, UNMARKED } from '../domain/redraw/redraw-marks.ts';
import { type CheckClocks, checkTime, type UnansweredChecks } from '../domain/transaction/checks.ts';
import { countedClass } from '../domain/transaction/counts.ts';
import type { MissingResults } from '../domain/transaction/missing-results.ts';
import { type Transaction, transactionOf } from '../domain/transaction/transaction.ts';
import { type Contributions, ordersOf } from '../domain/transaction/transaction-orders.ts';
import { counterOf } from './counters.ts';
import { bucketOf, type Item, transactionKey } from './table.ts';

/** What a transaction carries beside what its orders brought. */
export interface TransactionMarks {
  readonly marks: RedrawMarks;
  /** When Junction was last asked about it. */
  readonly checked_at: Instant | null;
  /** When it is to be looked at again; null where there is nothing to ask. */
  readonly check_at: Instant | null;
  /** The checks since Junction's last answer that got none; null where it answered the last one. */
  readonly unanswered: UnansweredChecks | null;
}

/** A transaction as stored: what its orders brought, what was worked out from it, and what was set on it. */
export interface StoredTransaction extends Transaction, TransactionMarks {
  readonly id: string;
  /** Counts the writes of the item. */
  readonly revision: number;
  /** Tells one life of a transaction from the next; absent where it was written before there was such a thing. */
  readonly born: string | undefined;
  /** No order names it: it stands under its only order's id until one does. */
  readonly provisional: boolean;
  readonly contributions: Contributions;
  /** As what it is counted; absent where it was written before there were counters. */
  readonly counted?: string | undefined;
}

export type Clocks = RedrawClocks & CheckClocks;

/** The partitions of the index of transactions by status. */
export const statusPartition = (status: string) => `STATUS#${status}`;
/** The partition of the index of transactions by user. */
export const userPartition = (userId: string) => `USER#${userId}`;
/** A client user id as it is looked for: what a team gives its users is typed in by people. */
export const foldedClientUserId = (clientUserId: string) => clientUserId.trim().toLowerCase();
/** The partition of the index of transactions by client user. */
export const clientPartition = (clientUserId: string) => `CLIENT#${foldedClientUserId(clientUserId)}`;
/** The partitions of the index of open redraws: those to watch, and those flagged already. */
export const WATCHED = 'DUE';
export const STALE = 'STALE';
/** The partitions of the index of what is to be asked about. */
export const CHECKS = 'CHECK';

/** Newest first needs a key for transactions whose creation nobody has told yet. */
export const creationKey = (transaction: Transaction, id: string) =>
  `${transaction.created_at ?? transaction.updated_at ?? ''}#${id}`;

/** The item to write for a transaction. Its orders are left out: reading works them out again. */
export function transactionItem(stored: StoredTransaction): Item {
  const { id, born, orders: _, ...attributes } = stored;
  const newest = creationKey(stored, id);
  return {
    ...transactionKey(id),
    ...attributes,
    ...(born === undefined ? {} : { born }),
    status_pk: bucketOf(statusPartition(stored.status), id),
    status_sk: newest,
    ...(stored.user_id === null ? {} : { user_pk: userPartition(stored.user_id), user_sk: newest }),
    ...(stored.client_user_id === null
      ? {}
      : { client_pk: clientPartition(stored.client_user_id), client_sk: newest }),
    ...dueKeys(stored),
    ...(stored.check_at === null
      ? {}
      : { check_pk: bucketOf(CHECKS, id), check_sk: `${stored.check_at}#${id}` }),
  };
}

function dueKeys({ id, redraw, marks }: StoredTransaction): Item {
  if (!isOpen(redraw) || redraw.due_at === null) return {};
  const partition = marks.stale_since === null ? WATCHED : STALE;
  return { due_pk: bucketOf(partition, id), due_sk: `${redraw.due_at}#${id}` };
}

/** What the next revision of a transaction is made from. */
export interface Revision {
  readonly id: string;
  readonly provisional: boolean;
  readonly contributions: Contributions;
  /** The revision it follows; null if it is the first. */
  readonly after: (TransactionMarks & Pick<StoredTransaction, 'revision' | 'born'>) | null;
}

/**
 * Names the life of a transaction that these contributions begin, by one of its orders and the version of that one's
 * record. No other life has the name: a transaction goes when every order has left it, and the record of one that has
 * left names more transactions than before for ever, so no write that lets it enter again passes its check. Random ids
 * differ in their ends, also where they begin with the time.
 */
export function lifeBegunBy(contributions: Contributions): string {
  const names = Object.entries(contributions).map(([id, { version }]) => `${id.slice(-12)}.${version}`);
  return names[0] ?? '';
}

/**
 * Works a transaction out anew. Marks that its progress has overtaken are gone; `set` adds or replaces some. Setting
 * `check_at`, to whatever, `checked_at` or `unanswered` plans the next check anew.
 */
export function nextRevision(
  { id, provisional, contributions, after }: Revision,
  clocks: Clocks,
  set: Partial<TransactionMarks> = {},
): StoredTransaction {
  const transaction = transactionOf(contributions, clocks);
  const marks = marksHolding(set.marks ?? after?.marks ?? UNMARKED, transaction.redraw);
  const checked_at = set.checked_at ?? after?.checked_at ?? null;
  const unanswered = set.unanswered === undefined ? (after?.unanswered ?? null) : set.unanswered;
  // What was flagged unasked is asked about as soon as there is an answer.
  const reason = isUnchecked(marks)
    ? marks.stale_since
    : checkTime(transaction, marks.stale_since, checked_at, clocks);
  const wanted = reason && latest([reason, unanswered?.retry_at]);
  const replans = [set.checked_at, set.check_at, set.unanswered].some((given) => given !== undefined);
  const planned = replans ? null : (after?.check_at ?? null);
  return {
    id,
    revision: (after?.revision ?? 0) + 1,
    born: after ? after.born : lifeBegunBy(contributions),
    provisional,
    contributions,
    ...transaction,
    marks,
    checked_at,
    unanswered,
    counted: counterOf(countedClass(transaction, marks)),
    // A check that comes early costs one look; moving it with every change would cost an index write each time.
    check_at: planned !== null && wanted !== null && planned <= wanted ? planned : wanted,
  };
}

/** The same transaction with other marks, as its next revision. */
export function remarked(stored: StoredTransaction, set: Partial<TransactionMarks>, clocks: Clocks) {
  return nextRevision({ ...stored, after: stored }, clocks, set);
}

const KEYS = [
  'pk',
  'sk',
  'status_pk',
  'status_sk',
  'user_pk',
  'user_sk',
  'client_pk',
  'client_sk',
  'due_pk',
  'due_sk',
  'check_pk',
  'check_sk',
];

/** Reads a transaction item. Throws where it is not one. */
export function readTransactionItem(item: Item): StoredTransaction {
  const { pk, revision } = item;
  if (typeof pk !== 'string' || !pk.startsWith('TX#') || typeof revision !== 'number') {
    throw new TypeError(`not a transaction item: ${String(pk)}`);
  }
  const attributes = Object.fromEntries(Object.entries(item).filter(([name]) => !KEYS.includes(name)));
  const stored = attributes as unknown as Omit<StoredTransaction, 'id' | 'orders'>;
  return {
    ...missingResultsIn(item),
    ...stored,
    born: stored.born,
    id: pk.slice('TX#'.length),
    orders: ordersOf(stored.contributions),
  };
}

/** What misses once stood in the redraw alone. Where an item was written then, it is still there. */
function missingResultsIn({ redraw }: Item): MissingResults {
  const { missing_results = [], markers_wanted_of = null } = (redraw ?? {}) as Partial<MissingResults>;
  return { missing_results, markers_wanted_of };
}

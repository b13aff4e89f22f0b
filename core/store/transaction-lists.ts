import { isOpen } from '../domain/redraw/redraw.ts';
import type { StoredTransaction } from '../domain/transaction/revision.ts';
import { type IndexList, type PageRequest, readIndexPage, readItems } from './index-pages.ts';
import { allBuckets, type Table } from './table.ts';
import {
  clientPartition,
  foldedClientUserId,
  readTransactionItem,
  STALE,
  statusPartition,
  userPartition,
  WATCHED,
} from './transaction-item.ts';

/** A list of transactions: where an index holds it, and what includes in it. */
export interface TransactionList extends IndexList {
  readonly includes: (transaction: StoredTransaction) => boolean;
}

/** A page of a list, and the place after which the next one starts; null at the end. */
export interface Page {
  readonly transactions: readonly StoredTransaction[];
  readonly next: string | null;
}

/** The transactions in any of the given statuses, newest first. */
export function byStatus(statuses: readonly string[]): TransactionList {
  return {
    index: 'by_status',
    partitionKey: 'status_pk',
    sortKey: 'status_sk',
    partitions: statuses.flatMap((status) => allBuckets(statusPartition(status))),
    newestFirst: true,
    includes: (transaction) => statuses.includes(transaction.status),
  };
}

/** The transactions of one of Junction's users, newest first. */
export function byUser(userId: string): TransactionList {
  return {
    index: 'by_user',
    partitionKey: 'user_pk',
    sortKey: 'user_sk',
    partitions: [userPartition(userId)],
    newestFirst: true,
    includes: (transaction) => transaction.user_id === userId,
  };
}

/** The transactions of one of the team's own users, by the id the team gave it, in any case, newest first. */
export function byClientUser(clientUserId: string): TransactionList {
  const folded = foldedClientUserId(clientUserId);
  return {
    index: 'by_client_user',
    partitionKey: 'client_pk',
    sortKey: 'client_sk',
    partitions: [clientPartition(clientUserId)],
    newestFirst: true,
    includes: ({ client_user_id }) =>
      client_user_id !== null && foldedClientUserId(client_user_id) === folded,
  };
}

/** The transactions with an open redraw, the most overdue first; or only those flagged as stale. */
export function byDueTime(only: 'open' | 'stale'): TransactionList {
  const partitions = only === 'stale' ? [STALE] : [STALE, WATCHED];
  return {
    index: 'open_redraws',
    partitionKey: 'due_pk',
    sortKey: 'due_sk',
    partitions: partitions.flatMap(allBuckets),
    newestFirst: false,
    includes: ({ redraw, marks }) => isOpen(redraw) && (only === 'open' || marks.stale_since !== null),
  };
}

/**
 * A page of a list. Keys come from the index, which follows the table with a short delay; what no longer includes in
 * the list is left out, so a page can be shorter than its limit although another follows.
 */
export async function listTransactions(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<Page> {
  const { found, next } = await lookAt(table, list, request);
  return { transactions: found.map(({ transaction }) => transaction), next };
}

/** How many entries of an index one request looks at, give or take a page, for what a filter wants. */
const MAX_ENTRIES = 500;
/** As many as a batch takes. */
const ROUND = 100;

/**
 * A page of those transactions of a list that are wanted. Only the items say which are, so the work is bounded by what
 * is looked at: where few are wanted, a page can be short, or empty, although another follows.
 */
export async function siftTransactions(
  table: Table,
  list: TransactionList,
  { limit, after }: PageRequest,
  wanted: (transaction: StoredTransaction) => boolean,
): Promise<Page> {
  const sifted: Found[] = [];
  let place = after;
  for (let looked = 0, round = limit; looked < MAX_ENTRIES; looked += round, round = ROUND) {
    const { found, next } = await lookAt(table, list, { limit: round, after: place });
    sifted.push(...found.filter(({ transaction }) => wanted(transaction)));
    place = sifted.length > limit ? (sifted[limit - 1]?.place ?? null) : next;
    if (sifted.length >= limit || next === null) break;
  }
  return { transactions: sifted.slice(0, limit).map(({ transaction }) => transaction), next: place };
}

interface Found {
  readonly transaction: StoredTransaction;
  readonly place: string;
}

/** The transactions of so many entries of an index that belong in the list, and the place after the last entry. */
async function lookAt(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<{ found: Found[]; next: string | null }> {
  const { entries, next } = await readIndexPage(table, list, request);
  const places = new Map(entries.map(({ pk, place }) => [pk, place]));
  const items = await readItems(
    table,
    entries.map(({ pk }) => ({ pk, sk: 'TX' })),
  );
  const found = items.flatMap((item) => {
    const transaction = readTransactionItem(item);
    // The index may still show what has moved on.
    if (!transaction || !list.includes(transaction)) return [];
    return [{ transaction, place: places.get(String(item.pk)) ?? '' }];
  });
  return { found, next };
}

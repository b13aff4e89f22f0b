import { isOpen } from '../domain/redraw.ts';
import { type IndexList, type PageRequest, readIndexPage, readItems } from './index-pages.ts';
import { allBuckets, type Table } from './table.ts';
import {
  readTransactionItem,
  STALE,
  type StoredTransaction,
  statusPartition,
  userPartition,
  WATCHED,
} from './transaction-item.ts';

/** A list of transactions: where an index holds it, and what belongs in it. */
export interface TransactionList extends IndexList {
  readonly belongs: (transaction: StoredTransaction) => boolean;
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
    belongs: (transaction) => statuses.includes(transaction.status),
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
    belongs: (transaction) => transaction.user_id === userId,
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
    belongs: ({ redraw, marks }) => isOpen(redraw) && (only === 'open' || marks.stale_since !== null),
  };
}

/**
 * A page of a list. Keys come from the index, which follows the table with a short delay; what no longer belongs in
 * the list is left out, so a page can be shorter than its limit although another follows.
 */
export async function listTransactions(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<Page> {
  const { keys, next } = await readIndexPage(table, list, request);
  const items = await readItems(
    table,
    keys.map((pk) => ({ pk, sk: 'TX' })),
  );
  return { transactions: items.map(readTransactionItem).filter(list.belongs), next };
}

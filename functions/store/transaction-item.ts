import type { Contribution } from '../domain/contribution.ts';
import { type Transaction, transactionOf } from '../domain/transaction.ts';
import { type Contributions, ordersOf } from '../domain/transaction-orders.ts';
import { bucketOf, type Item, transactionKey } from './table.ts';

/** A transaction as stored: what its orders brought, and what was worked out from it. */
export interface StoredTransaction extends Transaction {
  readonly id: string;
  /** Counts the writes of the item. */
  readonly revision: number;
  /** No order names it: it stands under its only order's id until one does. */
  readonly provisional: boolean;
  readonly contributions: Contributions;
}

/** The partitions of the index of transactions by status. */
export const statusPartition = (status: string) => `STATUS#${status}`;

/** Newest first needs a key for transactions whose creation nobody has told yet. */
const creationKey = (transaction: Transaction, id: string) =>
  `${transaction.created_at ?? transaction.updated_at ?? ''}#${id}`;

/** The item to write for a transaction. Its orders are left out: reading works them out again. */
export function transactionItem(stored: StoredTransaction): Item {
  const { id, orders: _, ...attributes } = stored;
  const newest = creationKey(stored, id);
  return {
    ...transactionKey(id),
    ...attributes,
    status_pk: bucketOf(statusPartition(stored.status), id),
    status_sk: newest,
    ...(stored.user_id === null ? {} : { user_pk: `USER#${stored.user_id}`, user_sk: newest }),
  };
}

/** Works out a transaction from what its orders brought, as the next revision of what is stored. */
export function nextRevision(
  id: string,
  revision: number,
  provisional: boolean,
  contributions: Readonly<Record<string, Contribution>>,
): StoredTransaction {
  return { id, revision, provisional, contributions, ...transactionOf(contributions) };
}

/** Reads a transaction item. Throws where it is not one. */
export function readTransactionItem(item: Item): StoredTransaction {
  const { pk, sk: _, status_pk: _s, status_sk: _t, user_pk: _u, user_sk: _v, ...attributes } = item;
  if (typeof pk !== 'string' || !pk.startsWith('TX#') || typeof attributes.revision !== 'number') {
    throw new TypeError(`not a transaction item: ${String(pk)}`);
  }
  const stored = attributes as unknown as Omit<StoredTransaction, 'id' | 'orders'>;
  return { ...stored, id: pk.slice('TX#'.length), orders: ordersOf(stored.contributions) };
}

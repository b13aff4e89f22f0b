import { isDeepStrictEqual } from 'node:util';
import { contributionOf, joinContributions } from '../domain/contribution.ts';
import { namedTransaction, type OrderRecord } from '../domain/order-record.ts';
import type { Contributions } from '../domain/transaction-orders.ts';
import { nameTransaction } from '../store/orders.ts';
import type { Table } from '../store/table.ts';
import { nextRevision, type StoredTransaction } from '../store/transaction-item.ts';
import {
  deleteProvisional,
  deleteTransaction,
  type GuardedWrite,
  readTransaction,
  writeTransaction,
} from '../store/transactions.ts';

export interface Recomputing {
  readonly table: Table;
  /** Waits before the attempt of this number, from 1, so that rivals do not meet again. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** What a recompute did, for the log. */
export type RecomputeOutcome = 'written' | 'unchanged' | 'order_moved';

const ATTEMPTS = 8;

/**
 * Joins an order's record into its transaction. `before` is the record as it was before the write that brought us
 * here: where the order then stood in another transaction, it leaves that one.
 */
export async function recompute(
  { table, pause }: Recomputing,
  record: OrderRecord,
  before: OrderRecord | null,
): Promise<RecomputeOutcome> {
  const named = namedTransaction(record);
  const outcome = await retryOnConflict(pause, () => join(table, named ?? record.id, named === null, record));
  const left = before && (namedTransaction(before) ?? before.id);
  if (named !== null && left !== null && left !== named) {
    await retryOnConflict(pause, () => leave(table, left, record.id));
  }
  return outcome;
}

/** Tries again, from the reading on, what lost against another writer. */
async function retryOnConflict<Outcome extends string>(
  pause: Recomputing['pause'],
  attempt: () => Promise<Outcome | 'conflict'>,
): Promise<Outcome> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await attempt();
    if (outcome !== 'conflict') return outcome as Outcome;
    if (tried === ATTEMPTS) throw new Error(`another writer won ${ATTEMPTS} times in a row`);
    await pause(tried);
  }
}

async function join(
  table: Table,
  id: string,
  provisional: boolean,
  record: OrderRecord,
): Promise<RecomputeOutcome | 'conflict'> {
  const stored = await readTransaction(table, id);
  const contributions: Contributions = {
    ...stored?.contributions,
    [record.id]: joinContributions(stored?.contributions[record.id], contributionOf(record)),
  };
  await claimSiblings(table, record, id, contributions);
  const next = nextRevision(id, (stored?.revision ?? 0) + 1, provisional, contributions);
  if (stored && isSame(stored, next)) return 'unchanged';
  return writeTransaction(table, next, stored?.revision ?? null);
}

/**
 * Tells the records of the orders that this one lists which transaction they belong to: their own first payload may
 * come without one, and they would stand alone for ever. Those already in the transaction need no telling.
 */
async function claimSiblings(
  table: Table,
  record: OrderRecord,
  id: string,
  held: Contributions,
): Promise<void> {
  const listed = new Set(record.siblings.map((fact) => fact.order_id).filter((order) => order !== record.id));
  for (const order of listed) {
    for (const transaction of record.transactionIds) {
      if (transaction !== id || !(order in held)) await nameTransaction(table, order, transaction);
    }
  }
}

function isSame(stored: StoredTransaction, next: StoredTransaction): boolean {
  return isDeepStrictEqual({ ...stored, revision: 0 }, { ...next, revision: 0 });
}

/** Takes an order out of a transaction it was held to belong to, and the transaction away with its last order. */
async function leave(table: Table, id: string, orderId: string): Promise<GuardedWrite> {
  if (id === orderId) {
    await deleteProvisional(table, orderId);
    return 'written';
  }
  const stored = await readTransaction(table, id);
  if (!stored || !(orderId in stored.contributions)) return 'written';
  const { [orderId]: _, ...rest } = stored.contributions;
  if (Object.keys(rest).length === 0) return deleteTransaction(table, id, stored.revision);
  return writeTransaction(table, nextRevision(id, stored.revision + 1, false, rest), stored.revision);
}

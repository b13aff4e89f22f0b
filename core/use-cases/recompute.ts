import { isDeepStrictEqual } from 'node:util';
import { type Pause, retryOnConflict } from '../concurrency/retry.ts';
import { namedTransaction, type OrderRecord } from '../domain/order/order-record.ts';
import { contributionOf, joinContributions } from '../domain/transaction/contribution.ts';
import type { Contributions } from '../domain/transaction/transaction-orders.ts';
import { nameTransaction } from '../store/orders.ts';
import type { Table } from '../store/table.ts';
import {
  type Clocks,
  nextRevision,
  type StoredTransaction,
  type TransactionMarks,
} from '../store/transaction-item.ts';
import {
  deleteProvisional,
  deleteTransaction,
  type GuardedWrite,
  readTransaction,
  writeTransaction,
} from '../store/transactions.ts';

export interface Projection {
  readonly table: Table;
  readonly clocks: Clocks;
  readonly pause: Pause;
}

/** What a recompute did, for the log. */
export type RecomputeOutcome = 'written' | 'unchanged' | 'order_moved';

/**
 * Joins an order's record into its transaction. `before` is the record as it was before the write that brought us
 * here: where the order then stood in another transaction, it leaves that one.
 */
export async function recompute(
  projection: Projection,
  record: OrderRecord,
  before: OrderRecord | null,
): Promise<RecomputeOutcome> {
  const { table, pause } = projection;
  const named = namedTransaction(record);
  const left = before && (namedTransaction(before) ?? before.id);
  const moves = named !== null && left !== null && left !== named;
  const brought = moves ? await readTransaction(table, left) : null;
  const outcome = await retryOnConflict(pause, () => join(projection, record, named, brought));
  if (moves) await retryOnConflict(pause, () => leave(projection, left, record.id));
  return outcome;
}

/** Joins a record into the transaction it names, or else its provisional one. Marks come along with a move. */
async function join(
  { table, clocks }: Projection,
  record: OrderRecord,
  named: string | null,
  brought: TransactionMarks | null,
): Promise<RecomputeOutcome | 'conflict'> {
  const id = named ?? record.id;
  const stored = await readTransaction(table, id);
  const contributions: Contributions = {
    ...stored?.contributions,
    [record.id]: joinContributions(stored?.contributions[record.id], contributionOf(record)),
  };
  await claimSiblings(table, record, id, contributions);
  // Were the order's id that of a real transaction, that one would stay real.
  const provisional = named === null && (stored?.provisional ?? true);
  const revision = { id, provisional, contributions, after: stored };
  const unmarked = stored === null || stored.marks.progress === null;
  const next = nextRevision(revision, clocks, brought && unmarked ? { marks: brought.marks } : {});
  if (stored && isSame(stored, next)) return 'unchanged';
  const enters = !stored || !(record.id in stored.contributions);
  return writeTransaction(table, next, stored, enters ? [record] : []);
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
async function leave({ table, clocks }: Projection, id: string, orderId: string): Promise<GuardedWrite> {
  if (id === orderId) return deleteProvisional(table, orderId);
  const stored = await readTransaction(table, id);
  if (!stored || !(orderId in stored.contributions)) return 'written';
  const { [orderId]: _, ...contributions } = stored.contributions;
  if (Object.keys(contributions).length === 0) return deleteTransaction(table, id, stored);
  const revision = { id, provisional: false, contributions, after: stored };
  return writeTransaction(table, nextRevision(revision, clocks), stored);
}

import { claimedTransaction } from '../domain/order/membership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import type { StoredTransaction } from '../domain/transaction/revision.ts';
import { Problem } from '../http/problem.ts';
import type { Table } from '../store/table.ts';
import { readTransaction } from '../store/transactions.ts';

/** Whose transactions are answered for. */
export interface TeamContext {
  readonly table: Table;
  /** The only team to answer for; null: every team whose webhooks come. */
  readonly teamId: string | null;
}

/** Whether something may be shown: to a stack that is configured for one team, nothing of another is there. */
export function isShown({ teamId }: Pick<TeamContext, 'teamId'>, team: string | null): boolean {
  return teamId === null || team === null || team === teamId;
}

/** A transaction to answer from. Throws a Problem 404 where there is none, or it is another team's. */
export async function findTransaction(shown: TeamContext, id: string): Promise<StoredTransaction> {
  const stored = await readTransaction(shown.table, id);
  if (!stored || !isShown(shown, stored.team_id)) {
    throw new Problem(404, 'There is no transaction with this id.');
  }
  return stored;
}

/** Whether an order may be shown: one that no payload of its own has told of is its transaction's. */
export async function isOrderShown(shown: TeamContext, record: OrderRecord): Promise<boolean> {
  if (record.snapshot) return isShown(shown, record.snapshot.team_id);
  const transactionId = claimedTransaction(record);
  return transactionId === null || isTransactionShown(shown, transactionId);
}

/** Whether what is there of a transaction, if anything is, may be shown. */
export async function isTransactionShown(shown: TeamContext, id: string): Promise<boolean> {
  if (shown.teamId === null) return true;
  const stored = await readTransaction(shown.table, id);
  return isShown(shown, stored?.team_id ?? null);
}

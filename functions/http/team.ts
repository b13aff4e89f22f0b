import type { Table } from '../store/table.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import { readTransaction } from '../store/transactions.ts';
import { Problem } from './problem.ts';

/** Whose transactions are answered for. */
export interface Shown {
  readonly table: Table;
  /** The only team to answer for; null: every team whose webhooks come. */
  readonly teamId: string | null;
}

/** Whether something may be shown: to a stack that is configured for one team, nothing of another is there. */
export function isShown({ teamId }: Pick<Shown, 'teamId'>, team: string | null): boolean {
  return teamId === null || team === null || team === teamId;
}

/** A transaction to answer from. Throws a Problem 404 where there is none, or it is another team's. */
export async function findTransaction(shown: Shown, id: string): Promise<StoredTransaction> {
  const stored = await readTransaction(shown.table, id);
  if (!stored || !isShown(shown, stored.team_id)) {
    throw new Problem(404, 'There is no transaction with this id.');
  }
  return stored;
}

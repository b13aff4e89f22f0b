import { Problem } from '../http/problem.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import { readTransaction } from '../store/transactions.ts';
import type { Answering } from './route.ts';

/** Whether something may be shown: to a stack that is configured for one team, nothing of another is there. */
export function isOurs({ teamId }: Pick<Answering, 'teamId'>, team: string | null): boolean {
  return teamId === null || team === null || team === teamId;
}

/** A transaction to answer from. Throws a Problem 404 where there is none, or it is another team's. */
export async function findTransaction(answering: Answering, id: string): Promise<StoredTransaction> {
  const stored = await readTransaction(answering.projection.table, id);
  if (!stored || !isOurs(answering, stored.team_id)) {
    throw new Problem(404, 'There is no transaction with this id.');
  }
  return stored;
}

import { retryOnConflict } from '../../concurrency/retry.ts';
import { latest } from '../../domain/instant.ts';
import { type JunctionCheck, withCheck } from '../../domain/stored/junction-check.ts';
import { remarked } from '../../domain/stored/next-revision.ts';
import type { StoredTransaction, TransactionMarks } from '../../domain/stored/stored-transaction.ts';
import { answered } from '../../domain/transaction/acknowledgement.ts';
import { readTransaction, writeTransaction } from '../../store/transactions/transactions.ts';
import type { Projection } from '../recompute.ts';

/**
 * Records a check on a transaction, with what it found. One read and one write.
 *
 * @returns the transaction with the check; null if there is none
 */
export async function recordCheck(
  { table, clocks, pause }: Projection,
  id: string,
  check: JunctionCheck,
): Promise<StoredTransaction | null> {
  let recorded: StoredTransaction | null = null;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    recorded = stored && remarked(stored, marksOf(stored, check), clocks);
    return stored && recorded ? writeTransaction(table, recorded, stored) : 'written';
  });
  return recorded;
}

/** An ordering request asks about one order only, so that the next check of the transaction stays as planned. */
function marksOf(stored: StoredTransaction, check: JunctionCheck): Partial<TransactionMarks> {
  const checks = withCheck(stored.checks, check);
  if (check.origin === 'ordering') return { checks };
  const checked_at = latest([stored.checked_at, check.at]);
  return { checks, checked_at, unanswered: null, marks: answered(stored.marks) };
}

import { type Instant, parseInstant } from '../domain/instant.ts';
import { isOpen } from '../domain/redraw.ts';
import { marked, marksHolding } from '../domain/redraw-marks.ts';
import { Problem } from '../http/problem.ts';
import type { Projection } from '../projection/recompute.ts';
import { retryOnConflict } from '../projection/retry.ts';
import { remarked, type StoredTransaction } from '../store/transaction-item.ts';
import { readTransaction, writeTransaction } from '../store/transactions.ts';

export interface Acknowledging {
  readonly by: string;
  readonly note: string | null;
}

/**
 * Notes that somebody takes care of an open redraw, on condition that it has not moved on meanwhile. The same said
 * again changes nothing. Throws a Problem: 404 without the transaction, 409 without an open redraw,
 * or where a provisional transaction is just going.
 */
export async function acknowledge(
  { table, clocks, pause }: Projection,
  id: string,
  { by, note }: Acknowledging,
  now: Date,
): Promise<StoredTransaction> {
  const at: Instant = parseInstant(now.toISOString()) ?? '';
  let result: StoredTransaction | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) throw new Problem(404, 'There is no transaction with this id.');
    const { redraw, marks } = stored;
    if (!isOpen(redraw)) throw new Problem(409, 'The transaction has no open redraw to acknowledge.');
    const known = marksHolding(marks, redraw).acknowledgement;
    result = stored;
    if (known && known.by === by && known.note === note) return 'written';
    result = remarked(
      stored,
      { marks: marked(marks, redraw, { acknowledgement: { by, note, at } }) },
      clocks,
    );
    const written = await writeTransaction(table, result, stored);
    if (written === 'order_moved') {
      throw new Problem(409, 'The order has just moved to the transaction it names; look for it there.');
    }
    return written;
  });
  if (!result) throw new Error('nothing was acknowledged');
  return result;
}

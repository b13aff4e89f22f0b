import { isDeepStrictEqual } from 'node:util';
import { retryOnConflict } from '../../../core/concurrency/retry.ts';
import { remarked } from '../../../core/domain/stored/next-revision.ts';
import { readTransaction, writeTransaction } from '../../../core/store/transactions/transactions.ts';
import type { Projection } from '../../../core/use-cases/recompute.ts';
import { reported } from '../rules/message-steps.ts';
import { toldOf } from '../rules/told.ts';
import { readMessages, writeMessages } from '../store/messages.ts';

/**
 * Updates a transaction with the outcomes of its messages. It is computed from all of them, so it can be repeated. Until it is
 * done, the messages stay in the index of those to look at.
 */
export async function reportOutcomes(projection: Projection, transactionId: string): Promise<void> {
  const { table, clocks, pause } = projection;
  await retryOnConflict(pause, async () => {
    const messages = await readMessages(table, transactionId);
    const unreported = messages.filter((message) => message.unreported);
    if (unreported.length === 0) return 'written';
    const stored = await readTransaction(table, transactionId);
    const told = toldOf(messages);
    if (stored && told && !isDeepStrictEqual(stored.told, told)) {
      const written = await writeTransaction(table, remarked(stored, { told }, clocks), stored);
      if (written === 'conflict') return 'conflict';
    }
    return writeMessages(table, {
      messages: unreported.map((read) => ({ next: reported(read), read })),
    });
  });
}

import { isUnanswerable } from '../../domain/members/correction-checks.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { forTeam } from '../../junction/per-team.ts';
import { writeElapsed, writeTrusted } from '../../store/orders/write-marks.ts';
import { readTransaction } from '../../store/transactions/transactions.ts';
import { recomputeChangedOrders } from '../reconcile/ask-junction.ts';
import type { Part } from './sweep-part.ts';

/**
 * Lets the future events of a transaction's orders count whose time has come, and what webhooks said where Junction gave no
 * answer. Works on what is still in question after Junction was asked.
 */
export async function settleCorrections(part: Part, asked: StoredTransaction): Promise<void> {
  const { projection, now, guards } = part;
  const { table } = projection;
  if (!Object.values(asked.contributions).some((one) => one.ahead_at ?? one.question_at)) return;
  await recomputeChangedOrders(projection, asked);
  const stored = await readTransaction(table, asked.id);
  if (!stored) return;
  for (const [orderId, contribution] of Object.entries(stored.contributions)) {
    const { ahead_at, question_at } = contribution;
    if (ahead_at !== undefined && ahead_at <= now) await writeElapsed(table, orderId, now);
    if (
      question_at !== undefined &&
      isUnanswerable(contribution, now, forTeam(guards, stored.team_id) !== null)
    ) {
      await writeTrusted(table, orderId, question_at);
    }
  }
  await recomputeChangedOrders(projection, stored);
}

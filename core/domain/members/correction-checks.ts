import { earliest, type Instant, later } from '../instant.ts';
import { LAG } from '../order/registers.ts';
import type { Contribution } from './contribution.ts';
import type { Contributions } from './transaction-orders.ts';

/** How long a question to Junction waits for an answer before what webhooks said counts without confirmation (ms). */
const MAX_QUESTION = 3_600_000;
/** The time between two checks that do not settle what they ask (ms). */
const RECHECK = 86_400_000;

/** The part of a contribution that waits for a correction. */
type Waiting = Pick<Contribution, 'question_at' | 'ahead_at' | 'end_since' | 'anomalies'>;

/** When to look at a transaction because something about one of its orders is in question; null if nothing is. */
export function correctionCheck(contributions: Contributions, checkedAt: Instant | null): Instant | null {
  const next = (at: Instant | undefined) =>
    at === undefined || checkedAt === null || checkedAt < at ? at : later(checkedAt, RECHECK);
  return earliest(
    Object.values(contributions).flatMap(({ question_at, ahead_at, end_since }) => [
      next(question_at),
      next(ahead_at),
      next(end_since),
      // An answer that was asked for earlier need not have had the end.
      end_since && checkedAt !== null && checkedAt >= end_since ? next(later(end_since, LAG)) : null,
    ]),
  );
}

/** Whether a sweep without an API key has to look at the transaction too: webhooks alone decide then. */
export function needsNoKey(contributions: Contributions): boolean {
  return Object.values(contributions).some((one) => one.ahead_at !== undefined || isOpenQuestion(one));
}

/** Whether only Junction can say what is true about an order, and it was not asked in vain yet. */
export function isOpenQuestion({ question_at, anomalies }: Waiting): boolean {
  return question_at !== undefined && !anomalies.some(({ code }) => code === 'unconfirmed');
}

/** Whether what webhooks said about an order counts from now on without confirmation. `hasKey`: whether Junction can be asked. */
export function isUnanswerable(order: Waiting, now: Instant, hasKey: boolean): boolean {
  if (order.question_at === undefined || !isOpenQuestion(order)) return false;
  return !hasKey || now >= later(order.question_at, MAX_QUESTION);
}

/** Whether only an answer about the order itself can settle something at `now`. */
export function isInQuestion({ question_at, ahead_at, end_since }: Waiting, now: Instant): boolean {
  return question_at !== undefined || end_since !== undefined || (ahead_at !== undefined && ahead_at <= now);
}

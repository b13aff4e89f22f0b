import { clocksOfTeam } from '../../domain/clocks/clocks.ts';
import type { Instant } from '../../domain/instant.ts';
import { isReleaseDue, isWithheld, released } from '../../domain/stored/incompleteness.ts';
import { type CheckedChange, withCheck } from '../../domain/stored/junction-check.ts';
import { remarked } from '../../domain/stored/next-revision.ts';
import type { StoredTransaction, TransactionMarks } from '../../domain/stored/stored-transaction.ts';
import { answered, marked, type NoKey } from '../../domain/transaction/acknowledgement.ts';
import { oneMoreUnanswered } from '../../domain/transaction/check-clocks.ts';
import type { FollowUp } from '../../domain/transaction/follow-up.ts';
import { readTransaction, writeTransaction } from '../../store/transactions/transactions.ts';
import { recomputeChangedOrders } from '../reconcile/ask-junction.ts';
import type { Answer } from './check-if-due.ts';
import { dueFollowUp, isCheckDue, isOrderCheckDue, isUnansweredTooLong } from './due-now.ts';
import type { Part } from './sweep-part.ts';

/**
 * Flags what is due, or clears the checks that the answer makes needless. Decides by the current transaction, and writes on
 * condition that it does not change at the same time.
 */
export async function flagOrClear(
  part: Part,
  id: string,
  answer: Answer,
): Promise<'flagged' | 'settled' | 'conflict'> {
  const { projection, now } = part;
  const stored = await readTransaction(projection.table, id);
  const set = stored && decide(stored, answer, part);
  if (!stored || !set) return 'settled';
  const next = remarked(stored, set, projection.clocks);
  const flags = set.marks?.stale_since === now && stored.marks.stale_since === null;
  // If a webhook arrived that the transaction does not show yet, the transaction is read again.
  if (flags && (await recomputeChangedOrders(projection, stored))) return 'conflict';
  const written = await writeTransaction(projection.table, next, stored);
  if (written === 'conflict') return 'conflict';
  return flags && written === 'written' ? 'flagged' : 'settled';
}

/** What to set on a transaction; null if nothing. */
function decide(stored: StoredTransaction, answer: Answer, part: Part): Partial<TransactionMarks> | null {
  const { now } = part;
  const due = dueFollowUp(stored, now);
  // If an open order has progressed since its check was planned, plan the next check for its new due time.
  const planned = isOrderCheckDue(stored, now) && !due ? { order_check_at: null } : null;
  if (typeof answer !== 'string') {
    const isNoted = due !== null || planned !== null || isCheckDue(stored, now) || stored.unanswered !== null;
    return isNoted || answer.length > 0 ? { ...noteAnswer(stored, answer, part), ...planned } : null;
  }
  const set = joined(withoutAnswer(stored, answer, due, part), planned);
  return answer === 'not_needed' ? set : joined(set, published(stored, answer, part));
}

function withoutAnswer(
  stored: StoredTransaction,
  answer: Extract<Answer, string>,
  due: FollowUp | null,
  part: Part,
): Marks | null {
  switch (answer) {
    case 'no_key':
    case 'no_key_for_team':
      return withoutKey(stored, due, answer, part);
    case 'not_needed':
      return isCheckDue(stored, part.now) ? { check_at: null } : null;
    case 'unanswered':
    case 'deferred':
      return deferUnanswered(stored, answer === 'unanswered', part);
  }
}

type Marks = Partial<TransactionMarks>;

function joined(one: Marks | null, other: Marks | null): Marks | null {
  return one || other ? { ...one, ...other } : null;
}

/** What to set on a transaction that lacks an order if its changes can wait no longer. After an answer they need not. */
function published(stored: StoredTransaction, answer: Answer, { now }: Part): Marks | null {
  const { incomplete } = stored;
  const canAsk = answer !== 'no_key' && answer !== 'no_key_for_team';
  return incomplete && isReleaseDue(stored, now, canAsk) ? { incomplete: released(incomplete) } : null;
}

/** What to set without a key: what is due is flagged. A key of another team can be replaced, so that it is tried again later. */
function withoutKey(
  { marks, unanswered, team_id }: StoredTransaction,
  due: FollowUp | null,
  no_key: NoKey,
  { now, projection }: Part,
): Marks | null {
  const flagged = due && { marks: marked(marks, due, { stale_since: now, no_key }) };
  if (no_key === 'no_key') return flagged;
  return {
    ...flagged,
    unanswered: oneMoreUnanswered(unanswered, now, clocksOfTeam(projection.clocks, team_id)),
  };
}

/** What to set after an answer. What is still due is flagged. */
function noteAnswer(
  stored: StoredTransaction,
  changes: readonly CheckedChange[],
  { now }: Part,
): Partial<TransactionMarks> {
  const due = dueFollowUp(stored, now);
  const marks = answered(stored.marks);
  return {
    marks: due ? marked(marks, due, { stale_since: now }) : marks,
    checks: withCheck(stored.checks, { at: now, origin: 'sweep', caller: null, changes }),
    checked_at: now,
    unanswered: null,
  };
}

/**
 * What to set without a usable answer. If Junction was asked, the next check is delayed. A due item is flagged after a day
 * anyway, as unchecked, because nothing shows that it has progressed.
 */
function deferUnanswered(
  stored: StoredTransaction,
  asked: boolean,
  { now, projection }: Part,
): Partial<TransactionMarks> | null {
  const { marks, unanswered, team_id } = stored;
  const due = dueFollowUp(stored, now);
  const mark = due && markUnanswered(stored, now);
  // What is kept back has to be published some day, even if Junction stays down.
  const counts = asked || (isWithheld(stored) && unanswered === null);
  if (!counts && mark === null) return null;
  return {
    ...(due && mark && { marks: marked(marks, due, mark) }),
    ...(counts && {
      unanswered: oneMoreUnanswered(unanswered, now, clocksOfTeam(projection.clocks, team_id)),
    }),
  };
}

/** The mark of what is due, without an answer; null if it is already set. */
function markUnanswered(stored: StoredTransaction, now: Instant) {
  if (isUnansweredTooLong(stored, now)) return { stale_since: now };
  return stored.marks.unanswered_since === undefined ? { unanswered_since: now } : null;
}

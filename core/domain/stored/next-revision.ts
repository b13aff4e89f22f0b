import { type Clocks, clocksOfTeam } from '../clocks/clocks.ts';
import { earliest, type Instant, latest } from '../instant.ts';
import { correctionCheck } from '../members/correction-checks.ts';
import type { Standing } from '../members/standing.ts';
import type { Contributions } from '../members/transaction-orders.ts';
import { type FollowUpMarks, isUnchecked, marksHolding, UNMARKED } from '../transaction/acknowledgement.ts';
import { checkTime } from '../transaction/check-clocks.ts';
import { type FollowUp, followUpOf } from '../transaction/follow-up.ts';
import { type Transaction, transactionOf } from '../transaction/transaction.ts';
import {
  type Incompleteness,
  isWithheld,
  missingOrders,
  nextIncompleteness,
  releaseTime,
} from './incompleteness.ts';
import type { HeldTransaction, StoredTransaction, TransactionMarks } from './stored-transaction.ts';

/** What the next revision of a transaction is made from. */
export interface Revision extends Standing {
  readonly id: string;
  /** The revision it follows; null if it is the first. If that cannot be read, only its marks. */
  readonly after: (Partial<StoredTransaction> & Pick<StoredTransaction, 'revision'>) | null;
  /** When Junction last reported the order that changes it; absent if no report does. */
  readonly heardAt?: Instant | null;
}

/**
 * The next revision of a transaction. It drops the marks of a redraw that has progressed since; `set` adds or replaces marks.
 * `check_at`, `checked_at` or `unanswered` in `set` plan the next check again. `order_check_at` plans the order's check again.
 * The given values of `check_at` and `order_check_at` do not matter.
 */
export function nextRevision(
  { id, contributions, departures, after, heardAt }: Revision,
  clocks: Clocks,
  set: Partial<TransactionMarks> = {},
): StoredTransaction {
  const transaction = transactionOf(contributions, clocks);
  const followUp = followUpOf(transaction);
  const marks = marksHolding(set.marks ?? after?.marks ?? UNMARKED, followUp);
  const checked_at = set.checked_at ?? after?.checked_at ?? null;
  const unanswered = set.unanswered === undefined ? (after?.unanswered ?? null) : set.unanswered;
  const missing = missingOrders({ contributions, departures }, transaction);
  const incomplete = nextIncompleteness(missing, after, set, heardAt ?? transaction.heard_at);
  const checks = { ...transaction, contributions, marks, checked_at, unanswered, incomplete };
  const orderPlanned = set.order_check_at === undefined ? (after?.order_check_at ?? null) : null;
  const orderWanted = followUp?.of === 'order' && marks.stale_since === null ? followUp.due_at : null;
  return {
    id,
    revision: (after?.revision ?? 0) + 1,
    provisional: isProvisional(id, contributions),
    contributions,
    departures,
    ...transaction,
    marks,
    checked_at,
    unanswered,
    check_at: plannedTime(plannedCheck(after, set, incomplete), wantedCheck(checks, clocks)),
    order_check_at: plannedTime(orderPlanned, orderWanted),
    ...overdueMark(after?.overdue ?? [], followUp, marks),
    ...traces(after ?? {}, set),
    ...(incomplete && { incomplete }),
  };
}

type Checked = Transaction &
  Pick<Standing, 'contributions'> &
  Pick<TransactionMarks, 'marks' | 'checked_at' | 'unanswered' | 'incomplete'>;

/** When to ask Junction about it next; null if there is nothing to ask. */
function wantedCheck(transaction: Checked, clocks: Clocks): Instant | null {
  const { marks, checked_at, unanswered, incomplete } = transaction;
  const correction = correctionCheck(transaction.contributions, checked_at);
  if (incomplete && isWithheld({ incomplete })) {
    const asked = correction && latest([correction, unanswered?.retry_at]);
    return earliest([releaseTime(incomplete, unanswered), asked]);
  }
  // A redraw that was flagged without an answer is checked as soon as Junction answers again.
  const reason = isUnchecked(marks)
    ? marks.stale_since
    : earliest([
        checkTime(transaction, marks.stale_since, checked_at, clocksOfTeam(clocks, transaction.team_id)),
        correction,
      ]);
  return reason && latest([reason, unanswered?.retry_at]);
}

const REPLANNING = ['checked_at', 'check_at', 'unanswered'] as const;

/** The check that is already planned; null if it is planned again. What is kept back has a list of its own. */
function plannedCheck(
  after: Revision['after'],
  set: Partial<TransactionMarks>,
  incomplete: Incompleteness | undefined,
): Instant | null {
  const replans = REPLANNING.some((name) => set[name] !== undefined);
  if (after === null || replans || isWithheld(after) || isWithheld({ incomplete })) return null;
  return after.check_at ?? null;
}

/** The last message, the checks and what people set, from before or from this change. Progress does not clear them. Most transactions have none. */
function traces(
  before: Partial<TransactionMarks>,
  set: Partial<TransactionMarks>,
): Pick<TransactionMarks, 'told' | 'checks' | 'assignment' | 'noted' | 'contact' | 'review'> {
  const { told = before.told, checks = before.checks, assignment = before.assignment } = set;
  // Null where the only contact or the review was withdrawn.
  const { noted = before.noted, contact = before.contact, review = before.review } = set;
  return {
    ...(told && { told }),
    ...(checks && { checks }),
    ...(assignment && { assignment }),
    ...(noted && { noted }),
    ...(contact && { contact }),
    ...(review && { review }),
  };
}

/** Whether the redraw or the order was ever flagged as overdue. */
function overdueMark(
  before: readonly FollowUp['of'][],
  followUp: FollowUp | null,
  { stale_since }: FollowUpMarks,
): Pick<TransactionMarks, 'overdue'> {
  if (followUp !== null && stale_since !== null && !before.includes(followUp.of)) {
    return { overdue: [...before, followUp.of].sort() };
  }
  return before.length > 0 ? { overdue: before } : {};
}

/** An early check costs one read. Moving the planned time with every change would cost an index write each time. */
function plannedTime(planned: Instant | null, wanted: Instant | null): Instant | null {
  return planned !== null && wanted !== null && planned <= wanted ? planned : wanted;
}

/** Whether the transaction only exists for the order with its id, which is unclaimed or set apart. */
export function isProvisional(id: string, contributions: Contributions): boolean {
  return Object.entries(contributions).every(
    ([orderId, { claimed_by, apart_from }]) => orderId === id && (claimed_by === null || apart_from !== null),
  );
}

/** The next revision of a transaction; without orders, an emptied one. */
export function nextHeld(
  revision: Revision,
  clocks: Clocks,
  set: Partial<TransactionMarks> = {},
): HeldTransaction {
  const { id, contributions, departures, after } = revision;
  if (Object.keys(contributions).length > 0) return nextRevision(revision, clocks, set);
  return { id, revision: (after?.revision ?? 0) + 1, emptied: true, contributions: {}, departures };
}

/** The next revision of a transaction, with some marks changed. */
export function remarked(stored: StoredTransaction, set: Partial<TransactionMarks>, clocks: Clocks) {
  return nextRevision({ ...stored, after: stored }, clocks, set);
}

import { mapConcurrent } from '../concurrency/map-concurrent.ts';
import { retryOnConflict } from '../concurrency/retry.ts';
import { oneMoreUnanswered } from '../domain/clocks/check-clocks.ts';
import type { Milliseconds } from '../domain/duration.ts';
import { type Instant, later } from '../domain/instant.ts';
import { answered, marked } from '../domain/redraw/acknowledgement.ts';
import { type FollowUp, followUpOf } from '../domain/transaction/follow-up.ts';
import { remarked } from '../domain/transaction/next-revision.ts';
import type { StoredTransaction, TransactionMarks } from '../domain/transaction/stored-transaction.ts';
import type { JunctionClient } from '../junction/client.ts';
import { dueIds } from '../store/transactions/open-redraws.ts';
import { CHECKS, OPEN_ORDERS, WATCHED } from '../store/transactions/transaction-item.ts';
import { readTransaction, writeTransaction } from '../store/transactions/transactions.ts';
import type { Projection } from './recompute.ts';
import { OutageGuard, reasonOf } from './reconcile/outage-guard.ts';
import { recomputeChangedOrders } from './reconcile/reconcile-transaction.ts';

/** The dependencies of one part of a sweep. */
export interface SweepDependencies {
  readonly projection: Projection;
  /** Null if no API key for Junction is configured. */
  readonly api: JunctionClient | null;
  /** The time from one sweep to the next. */
  readonly every: Milliseconds;
  /** Whether this part has time for another transaction. */
  readonly hasTime: () => boolean;
  /** Called for each transaction that is left for a later sweep. */
  readonly onSkip: (transactionId: string, reason: string) => void;
}

/** The result of a sweep, or of a part of it. */
export interface SweepReport {
  /** Transactions that were due. */
  due: number;
  /** Redraws or open orders that were newly flagged. */
  flagged: number;
  /** Transactions of which Junction reported something that no webhook had. */
  healed: number;
  /** Transactions left for a later sweep, because Junction did not answer or something else failed. */
  skipped: number;
}

/** How long a redraw or order that is due stays unflagged while Junction gives no usable answer about it (ms). */
const MAX_UNANSWERED = 86_400_000;

/**
 * Checks every open redraw that is due at `now` and flags it, unless Junction reports progress. Reads only what is due. Stops
 * when its time is over; the rest remains due for the next sweep.
 */
export function sweepDueRedraws(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return sweepIndex(dependencies, now, 'open_redraws', WATCHED);
}

/** Does the same for the open orders that can be due. */
export function sweepOpenOrders(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return sweepIndex(dependencies, now, 'open_redraws', OPEN_ORDERS);
}

/** Asks Junction about every transaction whose check is due at `now`. Does nothing without an API key. */
export async function sweepChecks(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return dependencies.api === null ? nothingDone() : sweepIndex(dependencies, now, 'checks', CHECKS);
}

/** The sum of two reports. */
export function addReports(one: SweepReport, other: SweepReport): SweepReport {
  return {
    due: one.due + other.due,
    flagged: one.flagged + other.flagged,
    healed: one.healed + other.healed,
    skipped: one.skipped + other.skipped,
  };
}

const nothingDone = (): SweepReport => ({ due: 0, flagged: 0, healed: 0, skipped: 0 });

/** One part of a running sweep. */
interface Part extends SweepDependencies {
  readonly now: Instant;
  readonly report: SweepReport;
  readonly inquiry: OutageGuard | null;
}

async function sweepIndex(
  dependencies: SweepDependencies,
  now: Instant,
  index: 'open_redraws' | 'checks',
  partition: string,
): Promise<SweepReport> {
  const { projection, api, every, hasTime, onSkip } = dependencies;
  const report = nothingDone();
  const inquiry = api && new OutageGuard(projection, api, now);
  const part: Part = { ...dependencies, now, report, inquiry };
  // Each sweep begins with another bucket, so that no bucket is always last when time is short.
  const turn = Math.floor(Date.parse(now) / every);
  for await (const page of dueIds(projection.table, index, partition, now, turn)) {
    await mapConcurrent(page, async (id) => {
      if (!hasTime()) return;
      try {
        await checkTransaction(part, id);
      } catch (error) {
        // A transaction that fails must not block the others in every sweep.
        report.skipped += 1;
        onSkip(id, reasonOf(error));
      }
    });
    if (!hasTime()) break;
  }
  return report;
}

/** What is known of Junction's answer when a transaction is settled. */
type Answer =
  | 'answered'
  /** Junction was asked and gave no usable answer. */
  | 'unanswered'
  /** Junction was not asked: it is down, or it recently gave no answer about this transaction. */
  | 'deferred'
  /** The transaction has changed since its check was planned, and its next check is later. */
  | 'not_needed'
  /** No API key is configured. */
  | 'no_key';

async function checkTransaction(part: Part, id: string): Promise<void> {
  const { projection, now, report } = part;
  const stored = await readTransaction(projection.table, id);
  // The index can lag behind the table.
  if (!stored || !(dueFollowUp(stored, now) || isCheckDue(stored, now) || isOrderCheckDue(stored, now)))
    return;
  const answer = await askIfNeeded(part, stored);
  const outcome = await retryOnConflict(projection.pause, () => settle(part, id, answer));
  if (outcome === 'flagged') report.flagged += 1;
}

async function askIfNeeded(part: Part, stored: StoredTransaction): Promise<Answer> {
  const { inquiry, now, projection, report, onSkip } = part;
  if (!dueFollowUp(stored, now)) {
    const { check_at } = remarked(stored, { check_at: null }, projection.clocks);
    if (check_at === null || check_at > now) return 'not_needed';
  }
  report.due += 1;
  if (!inquiry) return 'no_key';
  const skip = (reason: string) => {
    report.skipped += 1;
    onSkip(stored.id, reason);
  };
  if (isBackingOff(stored, now)) {
    skip('Junction recently gave no answer about it');
    return 'deferred';
  }
  const outcome = await inquiry.ask(stored);
  switch (outcome.kind) {
    case 'answered':
      if (outcome.news) report.healed += 1;
      return 'answered';
    case 'unanswered':
      skip(outcome.reason);
      return 'unanswered';
    case 'down':
      skip('Junction is down');
      return 'deferred';
  }
}

/** The transaction's open redraw or open order if it is due and not flagged. */
function dueFollowUp(stored: StoredTransaction, now: Instant): FollowUp | null {
  const followUp = followUpOf(stored);
  const isDue = followUp !== null && followUp.due_at !== null && followUp.due_at <= now;
  return isDue && stored.marks.stale_since === null ? followUp : null;
}

function isOrderCheckDue({ order_check_at }: StoredTransaction, now: Instant): boolean {
  return order_check_at !== null && order_check_at <= now;
}

function isCheckDue({ check_at }: StoredTransaction, now: Instant): boolean {
  return check_at !== null && check_at <= now;
}

/** Whether Junction must not be asked yet. It is asked once more before something is flagged without an answer. */
function isBackingOff(stored: StoredTransaction, now: Instant): boolean {
  const { unanswered } = stored;
  return unanswered !== null && unanswered.retry_at > now && !isUnansweredTooLong(stored, now);
}

function isUnansweredTooLong({ marks: { unanswered_since } }: StoredTransaction, now: Instant): boolean {
  return unanswered_since !== undefined && now >= later(unanswered_since, MAX_UNANSWERED);
}

/** Decides by the current transaction, and writes on condition that it does not change at the same time. */
async function settle(part: Part, id: string, answer: Answer): Promise<'flagged' | 'settled' | 'conflict'> {
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
  // An open order that has progressed since its check was planned is looked at again when it can be due.
  const planned = isOrderCheckDue(stored, now) && !due ? { order_check_at: null } : null;
  switch (answer) {
    case 'answered': {
      if (!due && !planned && !isCheckDue(stored, now) && stored.unanswered === null) return null;
      const marks = answered(stored.marks);
      const flagged = due && { marks: marked(marks, due, { stale_since: now }) };
      return { marks, ...flagged, ...planned, checked_at: now, unanswered: null };
    }
    case 'no_key':
      return due ? { marks: marked(stored.marks, due, { stale_since: now, no_key: true }) } : planned;
    case 'not_needed':
      return isCheckDue(stored, now) ? { check_at: null, ...planned } : planned;
    case 'unanswered':
    case 'deferred': {
      const set = deferUnanswered(stored, answer === 'unanswered', part);
      return set || planned ? { ...set, ...planned } : null;
    }
  }
}

/**
 * What to set without a usable answer. If Junction was asked, the next check backs off. What is due is flagged after a day
 * anyway, as unchecked, because nothing shows that it has progressed.
 */
function deferUnanswered(
  stored: StoredTransaction,
  asked: boolean,
  { now, projection }: Part,
): Partial<TransactionMarks> | null {
  const { marks, unanswered } = stored;
  const due = dueFollowUp(stored, now);
  const mark = due && markUnanswered(stored, now);
  if (!asked && mark === null) return null;
  return {
    ...(due && mark && { marks: marked(marks, due, mark) }),
    ...(asked && { unanswered: oneMoreUnanswered(unanswered, now, projection.clocks) }),
  };
}

/** The mark of what is due, without an answer; null if it is already set. */
function markUnanswered(stored: StoredTransaction, now: Instant) {
  if (isUnansweredTooLong(stored, now)) return { stale_since: now };
  return stored.marks.unanswered_since === undefined ? { unanswered_since: now } : null;
}

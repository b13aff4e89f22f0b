import { mapConcurrent } from '../concurrency/map-concurrent.ts';
import { retryOnConflict } from '../concurrency/retry.ts';
import type { Milliseconds } from '../domain/duration.ts';
import { type Instant, later } from '../domain/instant.ts';
import { isOpen, type Redraw } from '../domain/redraw/redraw.ts';
import { answered, marked } from '../domain/redraw/redraw-marks.ts';
import { oneMoreUnanswered } from '../domain/transaction/checks.ts';
import { remarked, type StoredTransaction, type TransactionMarks } from '../domain/transaction/revision.ts';
import type { JunctionClient } from '../junction/client.ts';
import { dueIds } from '../store/open-redraws.ts';
import { CHECKS, WATCHED } from '../store/transaction-item.ts';
import { readTransaction, writeTransaction } from '../store/transactions.ts';
import { JunctionInquiry, reasonOf } from './junction-inquiry.ts';
import type { Projection } from './recompute.ts';
import { recomputeChangedOrders } from './reconcile-transaction.ts';

/** What one part of a sweep works with. */
export interface SweepDependencies {
  readonly projection: Projection;
  /** Null while no key for Junction's API is configured. */
  readonly api: JunctionClient | null;
  /** From one sweep to the next. */
  readonly every: Milliseconds;
  /** Whether this part has time left to begin another transaction. */
  readonly hasTime: () => boolean;
  /** Called for each transaction that is left for a later sweep. */
  readonly onSkip: (transactionId: string, reason: string) => void;
}

/** What a sweep, or a part of one, did. */
export interface SweepReport {
  /** Transactions whose time had come. */
  due: number;
  /** Redraws newly flagged as stale. */
  flagged: number;
  /** Transactions of which Junction reported something that no webhook had. */
  healed: number;
  /** Transactions left for a later sweep: Junction did not answer, or something else failed. */
  skipped: number;
}

/** So long a redraw that is due stays unflagged while Junction gives no answer of use about it (ms). */
const PATIENCE = 86_400_000;

/**
 * Looks at every open redraw that is due at `now` and flags it, unless Junction says that it has moved on. Reads only
 * what is due. Stops when its time is over: the rest is still due for the next sweep.
 */
export function sweepDueRedraws(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return sweepIndex(dependencies, now, 'open_redraws', WATCHED);
}

/** Asks Junction about every transaction whose check is due at `now`. Without a key there is nobody to ask. */
export async function sweepChecks(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return dependencies.api === null ? nothingDone() : sweepIndex(dependencies, now, 'checks', CHECKS);
}

/** What two parts did together. */
export function addReports(one: SweepReport, other: SweepReport): SweepReport {
  return {
    due: one.due + other.due,
    flagged: one.flagged + other.flagged,
    healed: one.healed + other.healed,
    skipped: one.skipped + other.skipped,
  };
}

const nothingDone = (): SweepReport => ({ due: 0, flagged: 0, healed: 0, skipped: 0 });

/** One part of a sweep under way. */
interface Part extends SweepDependencies {
  readonly now: Instant;
  readonly report: SweepReport;
  readonly inquiry: JunctionInquiry | null;
}

async function sweepIndex(
  dependencies: SweepDependencies,
  now: Instant,
  index: 'open_redraws' | 'checks',
  partition: string,
): Promise<SweepReport> {
  const { projection, api, every, hasTime, onSkip } = dependencies;
  const report = nothingDone();
  const inquiry = api && new JunctionInquiry(projection, api, now);
  const part: Part = { ...dependencies, now, report, inquiry };
  // Each sweep begins with another bucket: where time is short, none is always the last.
  const turn = Math.floor(Date.parse(now) / every);
  for await (const page of dueIds(projection.table, index, partition, now, turn)) {
    await mapConcurrent(page, async (id) => {
      if (!hasTime()) return;
      try {
        await checkTransaction(part, id);
      } catch (error) {
        // One that can't be looked at must not keep all others from being looked at, sweep after sweep.
        report.skipped += 1;
        onSkip(id, reasonOf(error));
      }
    });
    if (!hasTime()) break;
  }
  return report;
}

/** What is known of Junction's answer when a transaction is decided on. */
type Answer =
  | 'answered'
  /** Junction was asked, and gave no answer of use. */
  | 'unanswered'
  /** Junction is asked another time: it is down, or has just failed to answer about this transaction. */
  | 'deferred'
  /** The check was planned too early by now: there is nothing to ask yet. */
  | 'not_needed'
  /** There is no key to ask with. */
  | 'no_key';

async function checkTransaction(part: Part, id: string): Promise<void> {
  const { projection, now, report } = part;
  const stored = await readTransaction(projection.table, id);
  // The index may still show what has moved on.
  if (!stored || !(dueRedraw(stored, now) || isCheckDue(stored, now))) return;
  const answer = await askIfNeeded(part, stored);
  const outcome = await retryOnConflict(projection.pause, () => settle(part, id, answer));
  if (outcome === 'flagged') report.flagged += 1;
}

async function askIfNeeded(part: Part, stored: StoredTransaction): Promise<Answer> {
  const { inquiry, now, projection, report, onSkip } = part;
  if (!dueRedraw(stored, now)) {
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
    skip('Junction gave no answer about it lately');
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

/** Its open redraw, if that is due and unflagged. */
function dueRedraw({ redraw, marks }: StoredTransaction, now: Instant): Redraw | null {
  const isDue = isOpen(redraw) && redraw.due_at !== null && redraw.due_at <= now;
  return isDue && marks.stale_since === null ? redraw : null;
}

function isCheckDue({ check_at }: StoredTransaction, now: Instant): boolean {
  return check_at !== null && check_at <= now;
}

/** Whether Junction is not to be asked yet. Before a redraw is flagged for want of an answer, it is asked once more. */
function isBackingOff(stored: StoredTransaction, now: Instant): boolean {
  const { unanswered } = stored;
  return unanswered !== null && unanswered.retry_at > now && !isPatienceOver(stored, now);
}

function isPatienceOver({ marks: { unanswered_since } }: StoredTransaction, now: Instant): boolean {
  return unanswered_since !== undefined && now >= later(unanswered_since, PATIENCE);
}

/** Decides on the transaction as it is now, and writes on condition that it does not change meanwhile. */
async function settle(part: Part, id: string, answer: Answer): Promise<'flagged' | 'settled' | 'conflict'> {
  const { projection, now } = part;
  const stored = await readTransaction(projection.table, id);
  const set = stored && decide(stored, answer, part);
  if (!stored || !set) return 'settled';
  const next = remarked(stored, set, projection.clocks);
  const flags = set.marks?.stale_since === now && stored.marks.stale_since === null;
  // A webhook may have come that the transaction does not show yet: then it is read again.
  if (flags && (await recomputeChangedOrders(projection, stored))) return 'conflict';
  const written = await writeTransaction(projection.table, next, stored);
  if (written === 'conflict') return 'conflict';
  return flags && written === 'written' ? 'flagged' : 'settled';
}

/** What is to be set on a transaction; null if nothing. */
function decide(stored: StoredTransaction, answer: Answer, part: Part): Partial<TransactionMarks> | null {
  const { now } = part;
  const redraw = dueRedraw(stored, now);
  const flagged = redraw && { marks: marked(answered(stored.marks), redraw, { stale_since: now }) };
  switch (answer) {
    case 'answered':
      if (!redraw && !isCheckDue(stored, now) && stored.unanswered === null) return null;
      return { marks: answered(stored.marks), ...flagged, checked_at: now, unanswered: null };
    case 'no_key':
      return flagged;
    case 'not_needed':
      return isCheckDue(stored, now) ? { check_at: null } : null;
    case 'unanswered':
    case 'deferred':
      return deferUnanswered(stored, answer === 'unanswered', part);
  }
}

/**
 * Junction gave no answer of use. The next check backs off if it was asked. A redraw that is due is flagged after a day
 * of patience all the same, as one that could not be checked: nobody knows that it has moved on, and it must not be
 * silent for ever.
 */
function deferUnanswered(
  stored: StoredTransaction,
  asked: boolean,
  { now, projection }: Part,
): Partial<TransactionMarks> | null {
  const { marks, unanswered } = stored;
  const redraw = dueRedraw(stored, now);
  const mark = redraw && markUnanswered(stored, now);
  if (!asked && mark === null) return null;
  return {
    ...(redraw && mark && { marks: marked(marks, redraw, mark) }),
    ...(asked && { unanswered: oneMoreUnanswered(unanswered, now, projection.clocks) }),
  };
}

/** What a due redraw without an answer is marked with; null where that stands already. */
function markUnanswered(stored: StoredTransaction, now: Instant) {
  if (isPatienceOver(stored, now)) return { stale_since: now };
  return stored.marks.unanswered_since === undefined ? { unanswered_since: now } : null;
}

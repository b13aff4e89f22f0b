import { sideBySide } from '../concurrency/map-concurrent.ts';
import { retryOnConflict } from '../concurrency/retry.ts';
import { type Instant, later } from '../domain/instant.ts';
import { isOpen } from '../domain/redraw/redraw.ts';
import { answered, marked } from '../domain/redraw/redraw-marks.ts';
import type { JunctionApi } from '../junction/api.ts';
import { JunctionUnavailable } from '../junction/unavailable.ts';
import { dueIds } from '../store/open-redraws.ts';
import { readOrder } from '../store/orders.ts';
import { CHECKS, remarked, type StoredTransaction, WATCHED } from '../store/transaction-item.ts';
import { readTransaction, writeTransaction } from '../store/transactions.ts';
import type { Projection } from './recompute.ts';
import { catchUp, heal } from './reconcile-transaction.ts';

export interface Sweeping {
  readonly projection: Projection;
  /** Null while no key for Junction's API is configured. */
  readonly api: JunctionApi | null;
  /** Whether there is time left to begin with another transaction. */
  readonly hasTime: () => boolean;
  /** Told of every transaction that is left for the next sweep. */
  readonly onSkip: (transactionId: string, reason: string) => void;
}

/** What a sweep did. */
export interface SweepReport {
  /** Transactions whose time had come. */
  due: number;
  /** Redraws newly flagged as stale. */
  flagged: number;
  /** Transactions of which Junction told something that no webhook had. */
  healed: number;
  /** Transactions left for the next sweep: Junction did not answer, or something else went wrong with them. */
  skipped: number;
}

/** So long a redraw that is due is left unflagged while Junction gives no answer of use about it (ms). */
const PATIENCE = 86_400_000;
/** After so many failures in a row Junction is down: the rest of the sweep does not ask any more. */
const FAILURES_TO_GIVE_UP = 8;

/**
 * Looks at every open redraw that is due at `now` and flags it, unless Junction says it has moved on; then at
 * every transaction that Junction is to be asked about. Reads only what is due. Stops when time is short: what is
 * left is still due for the next sweep.
 */
export async function sweep(sweeping: Sweeping, now: Instant): Promise<SweepReport> {
  const report: SweepReport = { due: 0, flagged: 0, healed: 0, skipped: 0 };
  const asking: Inquiry = { failures: 0 };
  const { table } = sweeping.projection;
  const lookAt = (decide: Decide) => async (id: string) => {
    if (!sweeping.hasTime()) return;
    try {
      await lookAtOne({ ...sweeping, now, report, asking, decide }, id);
    } catch (error) {
      // One that can't be looked at must not keep all others from being looked at, sweep after sweep.
      report.skipped += 1;
      sweeping.onSkip(id, error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
    }
  };
  for await (const page of dueIds(table, 'open_redraws', WATCHED, now)) {
    await sideBySide(page, lookAt(flagIfDue));
    if (!sweeping.hasTime()) return report;
  }
  if (!sweeping.api) return report;
  for await (const page of dueIds(table, 'checks', CHECKS, now)) {
    await sideBySide(page, lookAt(noteChecked));
    if (!sweeping.hasTime()) return report;
  }
  return report;
}

/** What a sweep has learnt of Junction by asking. */
interface Inquiry {
  /** Failures in a row. */
  failures: number;
  /** Whether it knows orders that we know; undefined until that is asked for. */
  knowsOurs?: Promise<boolean>;
}

interface Look extends Sweeping {
  readonly now: Instant;
  readonly report: SweepReport;
  readonly asking: Inquiry;
  readonly decide: Decide;
}

interface Decision {
  readonly next: StoredTransaction;
  readonly flags: boolean;
}

/** What is to become of a transaction as it stands after Junction was asked; null if nothing. */
type Decide = (look: Look, stored: StoredTransaction, asked: boolean) => Decision | null;

/** Whether its redraw is due, unflagged. */
function isDue({ redraw, marks }: StoredTransaction, now: Instant): boolean {
  return isOpen(redraw) && redraw.due_at !== null && redraw.due_at <= now && marks.stale_since === null;
}

const flagIfDue: Decide = ({ now, projection }, stored, asked) => {
  const { redraw, marks } = stored;
  if (!isOpen(redraw) || !isDue(stored, now)) return null;
  const flag = { marks: marked(answered(marks), redraw, { stale_since: now }) };
  const set = { ...flag, ...(asked ? { checked_at: now } : {}) };
  return { next: remarked(stored, set, projection.clocks), flags: true };
};

/**
 * Junction gave no answer of use about a redraw that is due. That is noted; after a day of patience it is flagged all the same,
 * as one that could not be checked: nobody knows that it has moved on, and it must not be silent for ever.
 */
const bearWith: Decide = ({ now, projection }, stored) => {
  const { redraw, marks } = stored;
  if (!isOpen(redraw) || !isDue(stored, now)) return null;
  const since = marks.unanswered_since;
  const flags = since !== undefined && now >= later(since, PATIENCE);
  if (since !== undefined && !flags) return null;
  const set = flags ? { stale_since: now } : { unanswered_since: now };
  return { next: remarked(stored, { marks: marked(marks, redraw, set) }, projection.clocks), flags };
};

/** Notes that Junction was asked, or sets the check to when it is wanted by now. */
const noteChecked: Decide = ({ now, projection }, stored, asked) => {
  if (stored.check_at === null || stored.check_at > now) return null;
  const set = asked ? { checked_at: now, marks: answered(stored.marks) } : { check_at: null };
  return { next: remarked(stored, set, projection.clocks), flags: false };
};

async function lookAtOne(look: Look, id: string): Promise<void> {
  const { projection, now, decide, report } = look;
  const stored = await readTransaction(projection.table, id);
  // The index may still show what has moved on.
  const decision = stored && decide(look, stored, false);
  if (!stored || !decision) return;
  const { check_at } = decision.next;
  const mustAsk = decision.flags || (check_at !== null && check_at <= now);
  if (mustAsk) report.due += 1;
  const asked = mustAsk && look.api !== null;
  const answers = asked && (await askJunction(look, look.api, stored));
  const settling = asked && !answers ? { ...look, decide: bearWith } : look;
  const outcome = await retryOnConflict(projection.pause, () => settle(settling, id, answers));
  if (outcome === 'flagged') report.flagged += 1;
}

/** Asks Junction and joins its answer. False where it could not be asked: then nothing is to be decided. */
async function askJunction(look: Look, api: JunctionApi, stored: StoredTransaction): Promise<boolean> {
  const { asking, report } = look;
  try {
    if (asking.failures >= FAILURES_TO_GIVE_UP) {
      throw new JunctionUnavailable('given up for this sweep', 'failed');
    }
    if (await heal(look.projection, api, stored, look.now)) report.healed += 1;
    asking.failures = 0;
    return true;
  } catch (error) {
    if (!(error instanceof JunctionUnavailable)) throw error;
    if (error.trouble === 'not_known' && (await knowsOurs(look, api))) {
      // It is the right Junction, and has forgotten this one: that is its answer.
      asking.failures = 0;
      return true;
    }
    asking.failures = error.down ? asking.failures + 1 : 0;
    report.skipped += 1;
    look.onSkip(stored.id, error.message);
    return false;
  }
}

/** Whether Junction knows what we know, or else is another team's or environment's; asked once a sweep. */
function knowsOurs({ asking, projection }: Look, api: JunctionApi): Promise<boolean> {
  asking.knowsOurs ??= (async () => {
    try {
      const newest = await api.newestOrders();
      // Where there are none, there is nothing to tell it by.
      if (newest.length === 0) return true;
      const held = await Promise.all(newest.map((id) => readOrder(projection.table, id)));
      return held.some((record) => record !== null && record.snapshot !== null);
    } catch (error) {
      if (error instanceof JunctionUnavailable) return false;
      throw error;
    }
  })();
  return asking.knowsOurs;
}

/** Decides on the transaction as it is now, and writes on condition that it does not move meanwhile. */
async function settle(look: Look, id: string, asked: boolean): Promise<'flagged' | 'settled' | 'conflict'> {
  const { table } = look.projection;
  const stored = await readTransaction(table, id);
  const decision = stored && look.decide(look, stored, asked);
  if (!stored || !decision) return 'settled';
  // A webhook may have come that the transaction does not show yet: then it is read again.
  if (decision.flags && (await catchUp(look.projection, stored))) return 'conflict';
  const written = await writeTransaction(table, decision.next, stored);
  if (written === 'conflict') return 'conflict';
  return decision.flags && written === 'written' ? 'flagged' : 'settled';
}

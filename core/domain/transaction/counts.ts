import type { Contact } from '../handling/note.ts';
import { patientReach } from '../handling/reach.ts';
import type { Told } from '../message/told.ts';
import { awaitsDecision, type FollowUpMarks, shownRedrawState } from '../redraw/acknowledgement.ts';
import { isOpen } from '../redraw/redraw.ts';
import { type RedrawScope, SHOWN_REDRAW_STATES } from '../redraw/redraw-states.ts';
import { isStalled } from './follow-up.ts';
import { OUTCOMES, type Outcome } from './outcome.ts';
import type { Transaction } from './transaction.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from './truth-table.ts';

/** The states by which redraws are counted; `none` for a transaction without a redraw. */
export const COUNTED_REDRAWS = ['none', ...SHOWN_REDRAW_STATES] as const;

/** The class that a transaction is counted in. */
export interface CountedClass {
  readonly status: TransactionStatus;
  readonly outcome: Outcome;
  readonly redraw: (typeof COUNTED_REDRAWS)[number];
  /** Whether it waits for a decision. */
  readonly needs_decision: boolean;
  /** Whether its open order is flagged as stalled. */
  readonly stalled: boolean;
  /** Whether its redraw is open and neither a message nor a person could reach the patient. */
  readonly could_not_be_reached: boolean;
  readonly team_id: string | null;
}

/** How many transactions there are, by three views. The numbers of each view add up to the total. */
export interface TransactionCounts {
  readonly total: number;
  readonly status: Readonly<Record<TransactionStatus, number>>;
  readonly outcome: Readonly<Record<Outcome, number>>;
  readonly redraw: Readonly<Record<CountedClass['redraw'], number>>;
  /** Transactions that wait for a decision: a redraw ended without complete results, or an order failed. */
  readonly needs_decision: number;
  /** Open orders that are flagged as stalled. */
  readonly stalled_orders: number;
  /** Open redraws that are flagged as stale and wait for no decision. */
  readonly flagged_redraws: number;
  /** Open redraws whose patients could not be reached. */
  readonly could_not_be_reached: number;
}

/** The class a transaction counts in. */
export function countedClass(
  transaction: Transaction & { readonly told?: Told | undefined; readonly contact?: Contact | undefined },
  marks: FollowUpMarks,
): CountedClass {
  const { status, outcome, redraw, decision, team_id } = transaction;
  return {
    status,
    outcome,
    redraw: redraw ? shownRedrawState(redraw, marks) : 'none',
    needs_decision: awaitsDecision(decision, marks),
    stalled: isStalled(transaction, marks),
    could_not_be_reached: isOpen(redraw) && patientReach(transaction) === 'could_not_be_reached',
    team_id,
  };
}

/** How many redraws still need action, and how many of them are overdue. */
export function openRedraws({ redraw }: TransactionCounts): Record<RedrawScope, number> {
  const { expected, in_progress, stale } = redraw;
  return { open: expected + in_progress + stale, stale };
}

/** Sums counts of classes by status, by outcome and by redraw. */
export function addCounts(counts: Iterable<readonly [CountedClass, number]>): TransactionCounts {
  const sums = {
    total: 0,
    status: zeros(TRANSACTION_STATUSES),
    outcome: zeros(OUTCOMES),
    redraw: zeros(COUNTED_REDRAWS),
    needs_decision: 0,
    stalled_orders: 0,
    flagged_redraws: 0,
    could_not_be_reached: 0,
  };
  for (const [{ status, outcome, redraw, needs_decision, stalled, could_not_be_reached }, count] of counts) {
    sums.total += count;
    sums.status[status] += count;
    sums.outcome[outcome] += count;
    sums.redraw[redraw] += count;
    if (needs_decision) sums.needs_decision += count;
    if (redraw === 'stale' && !needs_decision) sums.flagged_redraws += count;
    if (stalled) sums.stalled_orders += count;
    if (could_not_be_reached) sums.could_not_be_reached += count;
  }
  return sums;
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

import { type RedrawMarks, SHOWN_REDRAW_STATES, shownRedrawState } from '../redraw/redraw-marks.ts';
import { OUTCOMES, type Outcome } from './outcome.ts';
import type { Transaction } from './transaction.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from './truth-table.ts';

/** The states by which redraws are counted; `none` for a transaction without a redraw. */
export const COUNTED_REDRAWS = ['none', ...SHOWN_REDRAW_STATES] as const;

/** What a transaction counts as. */
export interface CountedClass {
  readonly status: TransactionStatus;
  readonly outcome: Outcome;
  readonly redraw: (typeof COUNTED_REDRAWS)[number];
  readonly team_id: string | null;
}

/** How many transactions there are, by each of three views of them; each adds up to the total. */
export interface Census {
  readonly total: number;
  readonly status: Readonly<Record<TransactionStatus, number>>;
  readonly outcome: Readonly<Record<Outcome, number>>;
  readonly redraw: Readonly<Record<CountedClass['redraw'], number>>;
}

/** The class a transaction counts in. */
export function countedClass(transaction: Transaction, marks: RedrawMarks): CountedClass {
  const { status, outcome, redraw, team_id } = transaction;
  return { status, outcome, redraw: redraw ? shownRedrawState(redraw, marks) : 'none', team_id };
}

/** How many redraws somebody has still to act on, and how many of those nobody has acted on in time. */
export function openRedraws({ redraw }: Census): { open: number; stale: number } {
  const { expected, in_progress, stale } = redraw;
  return { open: expected + in_progress + stale, stale };
}

/** Adds up the counts of classes. */
export function censusOf(counts: Iterable<readonly [CountedClass, number]>): Census {
  const census = {
    total: 0,
    status: zeros(TRANSACTION_STATUSES),
    outcome: zeros(OUTCOMES),
    redraw: zeros(COUNTED_REDRAWS),
  };
  for (const [{ status, outcome, redraw }, count] of counts) {
    census.total += count;
    census.status[status] += count;
    census.outcome[outcome] += count;
    census.redraw[redraw] += count;
  }
  return census;
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

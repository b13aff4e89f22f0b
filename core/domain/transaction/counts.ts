import { type RedrawMarks, type ShownRedrawState, shownRedrawState } from '../redraw/redraw-marks.ts';
import type { Outcome } from './outcome.ts';
import type { Transaction } from './transaction.ts';
import type { TransactionStatus } from './truth-table.ts';

/** What a transaction counts as. */
export interface CountedClass {
  readonly status: TransactionStatus;
  readonly outcome: Outcome;
  readonly redraw: ShownRedrawState | 'none';
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
    status: { active: 0, completed: 0, cancelled: 0 },
    outcome: {
      ...{ in_progress: 0, redraw_expected: 0, redraw_in_progress: 0 },
      ...{ results_complete: 0, results_incomplete: 0, failed: 0, cancelled: 0 },
    },
    redraw: { none: 0, expected: 0, in_progress: 0, stale: 0, completed: 0, cancelled: 0, failed: 0 },
  };
  for (const [{ status, outcome, redraw }, count] of counts) {
    census.total += count;
    census.status[status] += count;
    census.outcome[outcome] += count;
    census.redraw[redraw] += count;
  }
  return census;
}

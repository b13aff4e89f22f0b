import type { Contact } from '../handling/note.ts';
import { OUTCOMES, type Outcome } from '../members/outcome.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from '../members/truth-table.ts';
import { isOpen } from '../redraw/redraw.ts';
import { SHOWN_REDRAW_STATES } from '../redraw/redraw-states.ts';
import { type FollowUpMarks, shownRedrawState } from '../transaction/acknowledgement.ts';
import type { Told } from '../transaction/told.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { patientReach } from './reach.ts';

/** The states by which redraws are counted; `none` for a transaction without a redraw. */
export const COUNTED_REDRAWS = ['none', ...SHOWN_REDRAW_STATES] as const;

/** How many transactions there are, by three views. The numbers of each view add up to the total. */
export interface TransactionTotals {
  readonly total: number;
  readonly status: Readonly<Record<TransactionStatus, number>>;
  readonly outcome: Readonly<Record<Outcome, number>>;
  readonly redraw: Readonly<Record<(typeof COUNTED_REDRAWS)[number], number>>;
  /** Open redraws whose patients neither a message nor a person could reach. */
  readonly could_not_be_reached: number;
}

type Counted = Transaction & {
  readonly marks: FollowUpMarks;
  readonly told?: Told | undefined;
  readonly contact?: Contact | null | undefined;
};

/** The names of the counters that count a transaction. */
export function countersOf(transaction: Counted): string[] {
  const { status, outcome, redraw, marks } = transaction;
  const isUnreached = isOpen(redraw) && patientReach(transaction) === 'could_not_be_reached';
  return [
    'total',
    `status:${status}`,
    `outcome:${outcome}`,
    `redraw:${redraw ? shownRedrawState(redraw, marks) : 'none'}`,
    ...(isUnreached ? ['could_not_be_reached'] : []),
  ];
}

/** The totals from the counters, by name. */
export function totalsFrom(counters: ReadonlyMap<string, number>): TransactionTotals {
  const by = <Name extends string>(view: string, names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, counters.get(`${view}:${name}`) ?? 0])) as Record<
      Name,
      number
    >;
  return {
    total: counters.get('total') ?? 0,
    status: by('status', TRANSACTION_STATUSES),
    outcome: by('outcome', OUTCOMES),
    redraw: by('redraw', COUNTED_REDRAWS),
    could_not_be_reached: counters.get('could_not_be_reached') ?? 0,
  };
}

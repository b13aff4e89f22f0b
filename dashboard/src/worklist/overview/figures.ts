import { dueStatusOf } from '../../redraw/due-status.ts';
import type { WithRedraw } from '../../redraw/open-redraw.ts';

/** How many open redraws are in a state that the overview counts. */
export interface Figures {
  readonly open: number;
  readonly overdue: number;
  readonly unacknowledged: number;
  readonly unreached: number;
}

/** @param now ms since 1970 */
export function figuresOf(transactions: readonly WithRedraw[], now: number): Figures {
  const count = (is: (one: WithRedraw) => boolean) => transactions.filter(is).length;
  return {
    open: transactions.length,
    overdue: count((one) => dueStatusOf(one, now) === 'overdue'),
    unacknowledged: count(({ redraw }) => redraw.acknowledgement === null),
    unreached: count(({ reach }) => reach === 'could_not_be_reached'),
  };
}

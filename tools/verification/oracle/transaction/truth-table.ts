/** The truth table as in state-model.md, and the outcome of each cell. */
import type { OrderClass } from '../reading/lifecycle.ts';

export interface Cell {
  rule: string;
  status: string;
  documented: boolean;
  anomalous: boolean;
}

/** `single_order`: the initial order was redrawn itself. Only a completed one can have been. */
export type RedrawColumn = OrderClass | 'none' | 'single_order';

const COLUMNS: RedrawColumn[] = ['none', 'P', 'C', 'X', 'F', 'R', 'single_order'];
const TABLE = `
  P      | active D    | active D! | completed j! | active D!    | active D!    | active j!
  C      | completed D | active D! | completed D  | completed j  | completed j  | completed j! | completed D
  R      | active j    | active D  | completed D  | completed j  | completed j  | completed j!
  X      | cancelled D | active D! | completed D! | cancelled D  | completed j! | completed j!
  F      | completed j | active D! | completed D! | completed j! | completed j! | completed j!
  unseen | -           | active D  | completed D  | completed j  | completed j  | completed j!`;

export function cellFor(initial: OrderClass | 'unseen', redraw: RedrawColumn): Cell {
  for (const line of TABLE.trim().split('\n')) {
    const [row, ...cells] = line.split('|').map((text) => text.trim());
    const [status, mark] = (cells[COLUMNS.indexOf(redraw)] ?? '-').split(' ');
    if (row === initial && status !== undefined && mark !== undefined) {
      return {
        rule: `${initial}/${redraw}`,
        status,
        documented: mark.startsWith('D'),
        anomalous: mark.endsWith('!'),
      };
    }
  }
  throw new Error(`no cell ${initial}/${redraw}`);
}

/** The outcome for a status; `missing` has the has_missing_results of the orders in the two slots. */
export function outcomeOf(
  cell: Cell,
  status: string,
  missing: { initial: boolean | null; redraw: boolean | null },
): string {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'active') return activeOutcome(cell);
  const { rule } = cell;
  if (['C/none', 'C/single_order', 'C/X', 'C/F', 'C/R'].includes(rule)) return byMissing(missing.initial);
  if (rule.endsWith('/C')) return byMissing(missing.redraw);
  if (['F/none', 'F/X', 'F/F', 'X/F'].includes(rule)) return 'failed';
  return 'results_incomplete';
}

function activeOutcome(cell: Cell): string {
  if (cell.status !== 'active') return 'in_progress';
  if (cell.rule === 'R/none') return 'redraw_expected';
  return cell.rule.endsWith('/P') ? 'redraw_in_progress' : 'in_progress';
}

function byMissing(hasMissingResults: boolean | null): string {
  return hasMissingResults === true ? 'results_incomplete' : 'results_complete';
}

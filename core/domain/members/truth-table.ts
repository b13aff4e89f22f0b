import type { OrderClass } from '../order/status-table.ts';

export const ENDED_STATUSES = ['completed', 'cancelled'] as const;
export const TRANSACTION_STATUSES = ['active', ...ENDED_STATUSES] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

export type InitialClass = OrderClass | 'unseen';
/** `single_order`: the initial order was redrawn under its own id, and Junction made no redraw order. */
export type RedrawClass = OrderClass | 'none' | 'single_order';

/** One cell: the status, whether Junction documents it, and whether it is anomalous. */
export interface Cell {
  readonly status: TransactionStatus;
  readonly documented: boolean;
  readonly anomalous: boolean;
}

const WORD: Readonly<Record<string, TransactionStatus>> = { a: 'active', c: 'completed', x: 'cancelled' };

// A cell is a letter for the status (active, completed, cancelled x), D documented or j judged, ! anomalous.
const COLUMNS: readonly RedrawClass[] = ['none', 'P', 'C', 'X', 'F', 'R', 'single_order'];
const ROWS: Readonly<Record<InitialClass, string>> = {
  //       none P    C    X    F    R    single_order
  P: '     aD  aD!  cj!  aD!  aD!  aj!',
  C: '     cD  aD!  cD   cj   cj   cj!  cD',
  R: '     aj  aD   cD   cj   cj   cj!',
  X: '     xD  aD!  cD!  xD   cj!  cj!',
  F: '     cj  aD!  cD!  cj!  cj!  cj!',
  unseen: ' -  aD   cD   cj   cj   cj!',
};

const TABLE = new Map<string, Cell>(
  Object.entries(ROWS).flatMap(([initial, row]) =>
    row
      .trim()
      .split(/\s+/)
      .flatMap((cell, column): [string, Cell][] => {
        const status = WORD[cell.charAt(0)];
        const rule = `${initial}/${COLUMNS[column]}`;
        return status
          ? [[rule, { status, documented: cell.charAt(1) === 'D', anomalous: cell.endsWith('!') }]]
          : [];
      }),
  ),
);

/** The rule that names a cell, e.g. `R/P`. */
export function ruleOf(initial: InitialClass, redraw: RedrawClass): string {
  return `${initial}/${redraw}`;
}

/** The cell for the classes of the two slots (docs/state-model.md, Truth table). Throws for `unseen/none`. */
export function cellOf(initial: InitialClass, redraw: RedrawClass): Cell {
  const cell = TABLE.get(ruleOf(initial, redraw));
  if (!cell) throw new RangeError(`a transaction without orders has no status (${ruleOf(initial, redraw)})`);
  return cell;
}

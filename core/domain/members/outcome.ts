import { classOf, type TransactionOrder } from './transaction-orders.ts';
import {
  type Cell,
  type InitialClass,
  type RedrawClass,
  ruleOf,
  type TransactionStatus,
} from './truth-table.ts';

export const OUTCOMES = [
  'in_progress',
  'redraw_expected',
  'redraw_in_progress',
  'results_complete',
  'results_incomplete',
  'failed',
  'cancelled',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The one status that goes with each outcome. */
export const STATUS_OF_OUTCOME: Readonly<Record<Outcome, TransactionStatus>> = {
  in_progress: 'active',
  redraw_expected: 'active',
  redraw_in_progress: 'active',
  results_complete: 'completed',
  results_incomplete: 'completed',
  failed: 'completed',
  cancelled: 'cancelled',
};

const FAILED = new Set(['F/none', 'F/X', 'F/F', 'X/F']);
const DECIDED_BY_INITIAL = new Set(['C/none', 'C/single_order', 'C/X', 'C/F', 'C/R']);

export interface SlotOrders {
  readonly initial: TransactionOrder | null;
  readonly redraw: TransactionOrder | null;
}

/** The classes of the two slots. */
export function slotClasses(slots: SlotOrders): { initial: InitialClass; redraw: RedrawClass } {
  const withoutOrder = isSingleOrderRedraw(slots) ? 'single_order' : 'none';
  return {
    initial: slots.initial ? classOf(slots.initial) : 'unseen',
    redraw: slots.redraw ? classOf(slots.redraw) : withoutOrder,
  };
}

/**
 * Whether the initial order went from redraw_available to completed and there is no redraw order. Before February 2026
 * Junction processed redraws this way.
 */
export function isSingleOrderRedraw({ initial, redraw }: SlotOrders): boolean {
  if (initial === null || redraw !== null) return false;
  return initial.redraw_available_at !== null && classOf(initial) === 'C';
}

/** What a status means for the patient's results. A completed transaction can lack results. */
export function outcomeOf(status: TransactionStatus, cell: Cell, slots: SlotOrders): Outcome {
  const { initial, redraw } = slotClasses(slots);
  if (status === 'cancelled') return 'cancelled';
  if (status === 'active') {
    if (cell.status !== 'active') return 'in_progress';
    if (initial === 'R' && redraw === 'none') return 'redraw_expected';
    return redraw === 'P' ? 'redraw_in_progress' : 'in_progress';
  }
  const rule = ruleOf(initial, redraw);
  if (FAILED.has(rule)) return 'failed';
  const order = decidingOrder(slots);
  return order && order.has_missing_results !== true ? 'results_complete' : 'results_incomplete';
}

/** The completed order whose results decide whether a completed transaction has all of them; null if none does. */
function decidingOrder(slots: SlotOrders): TransactionOrder | null {
  const { initial, redraw } = slotClasses(slots);
  if (redraw === 'C') return slots.redraw;
  return DECIDED_BY_INITIAL.has(ruleOf(initial, redraw)) ? slots.initial : null;
}

import { dueOfRedraw, type RedrawClocks, type RedrawStage } from '../clocks/redraw-clocks.ts';
import { type Instant, latest } from '../instant.ts';
import { timesOf } from '../members/open-order.ts';
import { isSingleOrderRedraw } from '../members/outcome.ts';
import type { Slots } from '../members/slots.ts';
import { type Contributions, classOf } from '../members/transaction-orders.ts';
import type { TransactionStatus } from '../members/truth-table.ts';
import type { MissingResult } from '../order/order-record.ts';
import type { MissingResults } from '../results/missing-results.ts';
import type { RedrawState } from './redraw-states.ts';

export interface Redraw {
  readonly state: RedrawState;
  /** The redraw order; null while none has arrived, and for a single-order redraw. */
  readonly order_id: string | null;
  /** Whether the initial order was redrawn under its own id and completed, without a redraw order. */
  readonly single_order: boolean;
  readonly available_at: Instant | null;
  /** The stage of an open redraw; null if it is not open. */
  readonly stage: RedrawStage | null;
  /** The start of the stage's clock; null if the redraw is not open. */
  readonly since: Instant | null;
  /** When an open redraw is due; null if it is not open. */
  readonly due_at: Instant | null;
  /** Whether its appointment is only requested or reserved. */
  readonly unconfirmed: boolean;
  /** The markers missing from its transaction's results. */
  readonly missing_results: readonly MissingResult[];
}

const STATE_OF_CLASS = {
  P: 'in_progress',
  C: 'completed',
  X: 'cancelled',
  F: 'failed',
  R: 'failed',
} as const;

/** A key that changes whenever a redraw progresses. Marks set under an earlier key are no longer valid. */
export function progressKey({ stage, order_id, since }: Redraw): string {
  return JSON.stringify([stage, order_id, since]);
}

/** The redraw order in a progress key; null if there was none yet. */
export function orderOfProgress(progress: string): string | null {
  const [, orderId]: unknown[] = JSON.parse(progress);
  return typeof orderId === 'string' ? orderId : null;
}

/** Whether the redraw still needs action. */
export function isOpen(redraw: Redraw | null): redraw is Redraw {
  return redraw !== null && redraw.stage !== null;
}

/** Whether a redraw has a requisition or an appointment, and no sign of the draw. */
export function awaitsDraw(redraw: Redraw | null): redraw is Redraw & { readonly order_id: string } {
  const { stage, order_id } = redraw ?? { stage: null, order_id: null };
  return order_id !== null && (stage === 'awaiting_appointment' || stage === 'awaiting_draw');
}

/** The redraw of a transaction; null if there is none and none is expected. */
export function redrawOf(
  slots: Slots,
  status: TransactionStatus,
  contributions: Contributions,
  { missing_results }: Pick<MissingResults, 'missing_results'>,
  clocks: RedrawClocks,
): Redraw | null {
  if (!hasRedraw(slots)) return null;
  const state = stateOf(slots, status);
  const available_at = availableAt(slots, contributions);
  const open = status === 'active' && (state === 'expected' || state === 'in_progress');
  const order = open && slots.redraw ? timesOf(slots.redraw, contributions, available_at) : null;
  const due = open
    ? dueOfRedraw({ available_at, heard_at: heardAt(slots, contributions), order }, clocks)
    : null;
  return {
    state,
    order_id: slots.redraw?.id ?? null,
    single_order: isSingleOrderRedraw(slots),
    available_at,
    ...(due ?? { stage: null, since: null, due_at: null }),
    unconfirmed: order?.unconfirmed ?? false,
    missing_results,
  };
}

/** Whether a redraw is or was available, according to any of the orders. */
export function hasRedraw(slots: Slots): boolean {
  const { initial, redraw } = slots;
  return redraw !== null || (initial !== null && classOf(initial) === 'R') || isSingleOrderRedraw(slots);
}

function stateOf(slots: Slots, status: TransactionStatus): RedrawState {
  if (slots.redraw) return STATE_OF_CLASS[classOf(slots.redraw)];
  if (isSingleOrderRedraw(slots)) return 'completed';
  return status === 'active' ? 'expected' : 'cancelled';
}

/** When the redraw was first reported here: its order, otherwise the last report of any order of the transaction. */
function heardAt({ redraw }: Slots, contributions: Contributions): Instant | null {
  const own = redraw && contributions[redraw.id]?.heard_at;
  return own ?? latest(Object.values(contributions).map((contribution) => contribution.heard_at));
}

function availableAt({ initialChain }: Slots, contributions: Contributions): Instant | null {
  const own = latest(initialChain.map(({ id }) => contributions[id]?.redraw_available_at));
  return own ?? latest(initialChain.map((order) => order.redraw_available_at));
}

import type { Instant } from '../instant.ts';
import type { Redraw } from '../redraw/redraw.ts';
import type { EndedRedrawState } from '../redraw/redraw-states.ts';
import type { Outcome } from './outcome.ts';
import type { Slots } from './slots.ts';
import { classOf } from './transaction-orders.ts';
import type { TransactionStatus } from './truth-table.ts';

/** Why a person has to decide: a redraw ended without complete results, or an order failed and no redraw follows it. */
export const DECISION_REASONS = ['redraw_ended', 'order_failed'] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** What happened. Each has a sentence in docs/redraw-worklist.md, Next step. */
export const DECISION_CAUSES = [
  'redraw_cancelled',
  'redraw_failed',
  'results_incomplete',
  'sample_failed',
] as const;
export type DecisionCause = (typeof DECISION_CAUSES)[number];

/** Junction does nothing more, and a person has to decide what happens next. */
export interface Decision {
  readonly reason: DecisionReason;
  readonly cause: DecisionCause;
  /** The order that it is about; null for a redraw that ended without an order of its own. */
  readonly order_id: string | null;
  /** Since when a person has to decide; null if that has no time. */
  readonly since: Instant | null;
}

const CAUSES: Readonly<Record<EndedRedrawState, DecisionCause>> = {
  completed: 'results_incomplete',
  cancelled: 'redraw_cancelled',
  failed: 'redraw_failed',
};

/** What a transaction leaves to a person to decide; null if there is nothing. */
export function decisionOf(
  slots: Pick<Slots, 'initial' | 'redraw'>,
  { status, outcome }: { readonly status: TransactionStatus; readonly outcome: Outcome },
  redraw: Redraw | null,
): Decision | null {
  return redraw ? afterRedraw(slots, outcome, redraw) : afterFailure(slots, status);
}

function afterRedraw(
  slots: Pick<Slots, 'initial' | 'redraw'>,
  outcome: Outcome,
  { state, order_id }: Redraw,
): Decision | null {
  if (state === 'expected' || state === 'in_progress') return null;
  if (outcome !== 'results_incomplete' && outcome !== 'failed') return null;
  const since = (slots.redraw ?? slots.initial)?.low_level_status_created_at ?? null;
  return { reason: 'redraw_ended', cause: CAUSES[state], order_id, since };
}

/** A failed order needs a decision also while Junction reports its transaction as active: nothing else shows it. */
function afterFailure({ initial }: Pick<Slots, 'initial'>, status: TransactionStatus): Decision | null {
  if (initial === null || classOf(initial) !== 'F' || status === 'cancelled') return null;
  const { id: order_id, low_level_status_created_at: since } = initial;
  return { reason: 'order_failed', cause: 'sample_failed', order_id, since };
}

/** A key that changes with each other decision. Marks set under an earlier key are no longer valid. */
export function decisionKey({ cause, order_id, since }: Decision): string {
  return JSON.stringify([cause, order_id, since]);
}

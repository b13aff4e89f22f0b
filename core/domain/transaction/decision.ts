import type { Instant } from '../instant.ts';
import type { Outcome } from '../members/outcome.ts';
import type { ReportedStatus } from '../members/reported-status.ts';
import type { Slots } from '../members/slots.ts';
import { classOf } from '../members/transaction-orders.ts';
import type { TransactionStatus } from '../members/truth-table.ts';
import { isOpen, type Redraw } from '../redraw/redraw.ts';
import type { EndedRedrawState } from '../redraw/redraw-states.ts';

/**
 * Why a person has to decide: a redraw ended without complete results, an order failed and no redraw follows it, or a redraw may
 * no longer be needed.
 */
export const DECISION_REASONS = ['redraw_ended', 'order_failed', 'redraw_not_needed'] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** What happened. Each has a sentence in docs/redraw-worklist.md, Next step. */
export const DECISION_CAUSES = [
  'redraw_cancelled',
  'redraw_failed',
  'results_incomplete',
  'sample_failed',
  'redraw_not_needed',
] as const;
export type DecisionCause = (typeof DECISION_CAUSES)[number];

/** What a person can decide, with the text of it. Anything else is in the note. */
export const DECIDED = {
  new_order: 'New order',
  enough: 'Results are enough',
  declined: 'Patient declined',
} as const;
export type Decided = keyof typeof DECIDED;
export const DECIDED_NAMES = Object.keys(DECIDED) as [Decided, ...Decided[]];

/** A person has to decide what happens next. */
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

/** The state of a transaction, and what Junction reports about it; null if it reports nothing. */
interface Standing {
  readonly status: TransactionStatus;
  readonly outcome: Outcome;
  readonly word: ReportedStatus | null;
}

/** What a transaction leaves to a person to decide; null if there is nothing. */
export function decisionOf(
  slots: Pick<Slots, 'initial' | 'redraw'>,
  { status, outcome, word }: Standing,
  redraw: Redraw | null,
): Decision | null {
  if (redraw === null) return afterFailure(slots, status);
  return notNeeded(slots, word, redraw) ?? afterRedraw(slots, outcome, redraw);
}

/**
 * A redraw that may no longer be needed: it is open although the initial order has meanwhile been completed or corrected and
 * lacks nothing, or although Junction, knowing all its orders, reports the transaction as over. That is also the end of a redraw
 * without an order.
 */
function notNeeded(
  { initial, redraw: redrawOrder }: Pick<Slots, 'initial' | 'redraw'>,
  word: ReportedStatus | null,
  redraw: Redraw,
): Decision | null {
  const lacksNothing =
    initial !== null && classOf(initial) === 'C' && initial.has_missing_results === false && isOpen(redraw);
  const isEnded = initial !== null && classOf(initial) === 'R' && redrawOrder === null;
  const isReportedOver = word?.covers === true && OVER.has(word.status) && (isOpen(redraw) || isEnded);
  if (!lacksNothing && !isReportedOver) return null;
  const since = initial?.low_level_status_created_at ?? redraw.available_at;
  return { reason: 'redraw_not_needed', cause: 'redraw_not_needed', order_id: redraw.order_id, since };
}

/** What Junction calls a transaction that is over. */
const OVER: ReadonlySet<string> = new Set(['completed', 'cancelled'] satisfies TransactionStatus[]);

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

/** Separates the decision from the progress of the redraw in a key. Neither ends or begins in another way. */
const BETWEEN = '][';

/** The key of a decision about a redraw that is still open. It changes when the redraw progresses, too. */
export function openDecisionKey(decision: Decision, { stage, since }: Redraw): string {
  return decisionKey(decision) + JSON.stringify([stage, since]);
}

/** Whether two keys are of one decision about an open redraw: what was decided holds although the redraw has progressed. */
export function isSameDecision(key: string, other: string): boolean {
  const [decision, progress] = key.split(BETWEEN);
  return progress !== undefined && other.startsWith(`${decision}${BETWEEN}`);
}

import type { Transaction } from '../api/answers.ts';
import { duration } from '../time/format.ts';
import { DECISIONS } from '../wording/decisions.ts';
import { humanize, OUTCOMES, type StatusText } from '../wording/status.ts';
import { dueStatusOf } from './due-status.ts';
import { awaitsDecision, hasOpenRedraw, type WithRedraw } from './open-redraw.ts';

const WAITING_FOR: Readonly<Record<string, string>> = {
  awaiting_order: 'the redraw order',
  awaiting_requisition: 'the requisition',
  awaiting_appointment: 'an appointment or the draw',
  awaiting_draw: 'the draw',
  awaiting_result: 'results',
};

/**
 * The state of a transaction in one sentence: "Redraw overdue 5 days: waiting for an appointment or the draw".
 *
 * @param now in ms since 1970
 */
export function stateSentence(transaction: Transaction, now: number): StatusText {
  if (awaitsDecision(transaction)) {
    return { text: `${DECISIONS[transaction.decision.cause]}: needs a decision`, tone: 'warning' };
  }
  if (hasOpenRedraw(transaction)) return ofRedraw(transaction, now);
  const { outcome, open_order: order, missing_results } = transaction;
  if (order?.stalled_since != null) {
    return { text: `Order stalled${since(order.due_at, now)}${waiting(order.stage)}`, tone: 'error' };
  }
  const { text, tone } = OUTCOMES[outcome];
  if (order) return { text: text + waiting(order.stage), tone };
  const missing = missing_results.length;
  if (outcome !== 'results_incomplete' || missing === 0) return { text, tone };
  return { text: `${text}: ${missing} ${missing === 1 ? 'marker' : 'markers'} missing`, tone };
}

function ofRedraw(transaction: WithRedraw, now: number): StatusText {
  const { stage, order_id, due_at } = transaction.redraw;
  if (dueStatusOf(transaction, now) === 'overdue') {
    return { text: `Redraw overdue${since(due_at, now)}${waiting(stage)}`, tone: 'error' };
  }
  const { text } = OUTCOMES[order_id === null ? 'redraw_expected' : 'redraw_in_progress'];
  return { text: text + waiting(stage), tone: 'in-progress' };
}

function waiting(stage: string | null): string {
  return stage === null ? '' : `: waiting for ${WAITING_FOR[stage] ?? humanize(stage).toLowerCase()}`;
}

/** " 5 days" since a time that has passed. */
function since(at: string | null, now: number): string {
  const passed = at === null ? Number.NaN : now - Date.parse(at);
  return passed > 0 ? ` ${duration(passed)}` : '';
}

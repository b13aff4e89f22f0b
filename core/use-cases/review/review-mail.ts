import type { Review } from './review-redraws.ts';

/** What each stage of a redraw means in a mail. */
export const STAGES: Readonly<Record<string, string>> = {
  awaiting_order: 'no redraw order yet',
  awaiting_requisition: 'redraw ordered, no requisition yet',
  awaiting_appointment: 'requisition ready, no appointment and no sign of a draw',
  awaiting_draw: 'appointment booked or passed, no sign of a draw',
  awaiting_result: 'sample drawn, no result yet',
};

/** The subject: one line of at most 100 characters. */
export function subjectOf({ scope, open, stale, needs_decision }: Review): string {
  const decisions = needs_decision === 0 ? '' : `, ${needsDecision(needs_decision)}`;
  if (scope === 'stale') return `Overdue redraws today: ${stale}${decisions}`;
  return `Redraws this week: ${open} open, ${stale} of them overdue${decisions}`;
}

/** The text of the mail. It holds only ids and states, because it leaves the account. */
export function textOf(review: Review): string {
  const { scope, open, stale, acknowledged, needs_decision, stalled_orders, redraws, left_out } = review;
  const none = `No redraw is ${scope === 'stale' ? 'overdue' : 'open'}.`;
  const decisions =
    needs_decision === 0
      ? []
      : [
          `${needsDecision(needs_decision)} because the redraw ended without complete results. To list them: GET /v1/redraws?state=decision.`,
        ];
  const stalled =
    stalled_orders === 0
      ? []
      : [
          `Stalled orders that are not redraws: ${stalled_orders}. To list them: GET /v1/orders?state=stalled.`,
        ];
  const besides = [...decisions, ...stalled];
  if (open === 0)
    return `${[none, ...(besides.length > 0 ? besides : ['There is nothing to do.'])].join(' ')}\n`;
  const counted = scope === 'stale' ? `${stale} overdue` : `${open} open, ${stale} of them overdue`;
  const counts = `${counted}, ${acknowledged} acknowledged.`;
  const lines = redraws.map((redraw) => lineOf(redraw, review.time));
  const more = left_out > 0 ? [`… and ${left_out} more. To list them all: GET /v1/redraws.`] : [];
  return [counts, ...besides, '', 'Most overdue first:', '', ...lines, ...more, ''].join('\n');
}

/** `1 needs a decision`, `2 need a decision`. */
function needsDecision(count: number): string {
  return `${count} ${count === 1 ? 'needs' : 'need'} a decision`;
}

function lineOf(redraw: Review['redraws'][number], now: string): string {
  const { transaction_id, stage, due_at, stale_since, acknowledged_by, owner } = redraw;
  const due = due_at === null ? '' : `; ${dueText(due_at, now)}`;
  const mark = stale_since === null ? '' : '; OVERDUE';
  const by = acknowledged_by === null ? '' : `; acknowledged by ${acknowledged_by}`;
  const owned = owner === null ? '' : `; owner ${owner}`;
  return `- transaction ${transaction_id}: ${STAGES[stage] ?? stage}${due}${mark}${owned}${by}`;
}

/** To the minute. */
export function dueText(dueAt: string, now: string): string {
  return `${dueAt <= now ? 'was due' : 'due'} ${dueAt.slice(0, 16).replace('T', ' ')} UTC`;
}

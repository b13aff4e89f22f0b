import type { Review } from './review.ts';

const STAGES: Readonly<Record<string, string>> = {
  awaiting_order: 'no redraw order yet',
  awaiting_requisition: 'ordered, no requisition yet',
  awaiting_appointment: 'requisition made, no appointment and no sign of a draw',
  awaiting_draw: 'appointment passed or to come, no sign of a draw',
  awaiting_result: 'drawn, no result yet',
};

/** The subject: one line of at most 100 characters. */
export function subjectOf({ scope, open, stale }: Review): string {
  if (scope === 'stale') return `Stale redraws today: ${stale}`;
  return `Redraws this week: ${open} open, ${stale} stale`;
}

/** The text of the mail. It holds only ids and states, because it leaves the account. */
export function textOf(review: Review): string {
  const { scope, open, stale, acknowledged, redraws, left_out } = review;
  if (open === 0) return `No redraw is ${scope}. There is nothing to do.\n`;
  const counted = scope === 'stale' ? `${stale} stale` : `${open} open, ${stale} of them stale`;
  const counts = `${counted} (overdue without progress), ${acknowledged} acknowledged.`;
  const lines = redraws.map((redraw) => lineOf(redraw, review.time));
  const more = left_out > 0 ? [`… and ${left_out} more: GET /v1/redraws lists them all.`] : [];
  return [counts, '', 'Most overdue first:', '', ...lines, ...more, ''].join('\n');
}

function lineOf(redraw: Review['redraws'][number], now: string): string {
  const { transaction_id, stage, due_at, stale_since, acknowledged_by } = redraw;
  const late = due_at !== null && due_at <= now;
  const due =
    due_at === null ? '' : `; ${late ? 'was due' : 'due'} ${due_at.slice(0, 16).replace('T', ' ')} UTC`;
  const mark = stale_since === null ? '' : '; STALE';
  const by = acknowledged_by === null ? '' : `; acknowledged by ${acknowledged_by}`;
  return `- transaction ${transaction_id}: ${STAGES[stage] ?? stage}${due}${mark}${by}`;
}

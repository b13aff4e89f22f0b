import { type OperatorMail, operatorMail } from './operator-mail.ts';
import type { Review } from './review-redraws.ts';

/** Where the links of the mail lead. */
export interface ReviewLinks {
  readonly worklist: string;
  readonly runbook: string;
}

/** The mail of a review, which the worklist details. */
export function reviewMail(review: Review, { worklist, runbook }: ReviewLinks): OperatorMail {
  return operatorMail({
    subject: review.scope === 'stale' ? 'Overdue redraws today' : 'Open redraws this week',
    sentence: sentenceOf(review),
    page: worklist,
    runbook: `${runbook}#the-review-of-open-redraws`,
  });
}

function sentenceOf({ scope, open, stale, acknowledged, needs_decision, stalled_orders }: Review): string {
  const redraws =
    scope === 'stale'
      ? [`${areOrIs(stale)} overdue`]
      : [`${areOrIs(open)} open`, ...(open > 0 ? [`${stale} of them overdue`] : [])];
  const besides = [
    ...(open > 0 ? [`${acknowledged} acknowledged`] : []),
    ...(needs_decision > 0
      ? [`${needs_decision} ${needs_decision === 1 ? 'needs' : 'need'} a decision`]
      : []),
    ...(stalled_orders > 0
      ? [`${stalled_orders} other ${stalled_orders === 1 ? 'order is' : 'orders are'} stalled`]
      : []),
  ];
  return `${[...redraws, ...besides].join(', ')}.`;
}

function areOrIs(count: number): string {
  if (count === 0) return 'No redraw is';
  return count === 1 ? '1 redraw is' : `${count} redraws are`;
}

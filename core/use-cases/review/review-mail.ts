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

function sentenceOf(review: Review): string {
  const { scope, open, overdue, acknowledged } = review;
  const redraws =
    scope === 'stale'
      ? [`${areOrIs(overdue)} overdue`]
      : [`${areOrIs(open)} open`, ...(open > 0 ? [`${overdue} of them overdue`] : [])];
  const besides = [...(open > 0 ? [`${acknowledged} acknowledged`] : []), ...othersOf(review)];
  return `${[...redraws, ...besides].join(', ')}.`;
}

/** What else needs a person. */
function othersOf({ needs_decision, stalled_orders, critical_results, match_reviews }: Review): string[] {
  const each: [count: number, one: string, several: string][] = [
    [critical_results, 'critical result is open', 'critical results are open'],
    [needs_decision, 'needs a decision', 'need a decision'],
    [stalled_orders, 'other order is stalled', 'other orders are stalled'],
    [match_reviews, 'match review is open', 'match reviews are open'],
  ];
  return each.flatMap(([count, one, several]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : several}`],
  );
}

function areOrIs(count: number): string {
  if (count === 0) return 'No redraw is';
  return count === 1 ? '1 redraw is' : `${count} redraws are`;
}

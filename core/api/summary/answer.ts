import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { OUTCOMES } from '../../domain/members/outcome.ts';
import { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import { COUNTED_REDRAWS } from '../../domain/worklist/counts.ts';
import { time } from '../answer-fields.ts';

const count = z.int();

function countsOf<Name extends string>(names: readonly Name[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);
}
/** The name of what is counted says what it is. */
function namesOf<Name extends string>(names: readonly Name[], what: string): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, `${what} \`${name}\`.`])) as Record<Name, string>;
}

const byStatus = countsOf(TRANSACTION_STATUSES);
DOCS: describe(byStatus, {
  id: 'CountsByStatus',
  description: 'The transactions by status. They add up to `total`.',
  properties: namesOf(TRANSACTION_STATUSES, 'Transactions with the status'),
});
const byOutcome = countsOf(OUTCOMES);
DOCS: describe(byOutcome, {
  id: 'CountsByOutcome',
  description: 'The transactions by outcome. They add up to `total`.',
  properties: namesOf(OUTCOMES, 'Transactions with the outcome'),
});
const byRedraw = countsOf(COUNTED_REDRAWS);
DOCS: describe(byRedraw, {
  id: 'CountsByRedraw',
  description: 'The transactions by the state of their redraw, `none` without one. They add up to `total`.',
  properties: namesOf(COUNTED_REDRAWS, 'Transactions whose redraw is'),
});

const criticalResults = z.object({
  open: count,
  overdue: count,
  oldest_opened_at: time,
  overdue_after_seconds: z.number(),
});
DOCS: describe(criticalResults, {
  id: 'CriticalResultCounts',
  description: 'The critical results that nobody has acknowledged.',
  properties: {
    open: 'How many there are.',
    overdue: 'How many have been open for too long.',
    oldest_opened_at: 'Since when the oldest one is open; null if there is none.',
    overdue_after_seconds: 'How long one may be open.',
  },
});

export const summary = z.object({
  total: count,
  status: byStatus,
  outcome: byOutcome,
  redraw: byRedraw,
  needs_decision: count,
  stalled_orders: count,
  overdue_redraws: count,
  critical_results: criticalResults,
  match_reviews: count,
  could_not_be_reached: count,
  counted_at: time,
  newest_processed_at: time,
  newest_webhook_age_seconds: z.nullable(z.number()),
});
DOCS: describe(summary, {
  id: 'Summary',
  description: 'How many transactions there are, and how much needs a person.',
  properties: {
    total: 'All transactions.',
    needs_decision: 'Transactions about which a person has to decide.',
    stalled_orders: 'Orders that are stalled.',
    overdue_redraws: 'Open redraws that are due, flagged or not yet, and wait for no decision.',
    match_reviews: 'Open match reviews.',
    could_not_be_reached: 'Open redraws whose patients could not be reached.',
    counted_at: 'When the totals were last compared with all transactions; null if they never were.',
    newest_processed_at:
      'When the newest webhook with new facts arrived of those that reached their transaction.',
    newest_webhook_age_seconds: 'How long ago that was, to ten seconds.',
  },
});

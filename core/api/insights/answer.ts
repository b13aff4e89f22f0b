import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { INSIGHT_GROUPINGS } from '../../domain/insights/groupings.ts';
import { INSIGHT_DECISIONS, INSIGHT_OUTCOMES, INSIGHT_SPANS } from '../../domain/insights/insight.ts';

const count = z.int();
DOCS: describe(count, { description: 'How many.' });
const month = z.string();
DOCS: describe(month, { description: 'A month, for example `2026-11`.' });

const share = z.object({ count, of: count, rate: z.nullable(z.number()) });
DOCS: describe(share, {
  id: 'Share',
  description: 'A share with the numbers behind it.',
  properties: {
    count: 'How many have the property.',
    of: 'Out of how many.',
    rate: '`count` divided by `of`; null if `of` is 0.',
  },
});

const taken = z.object({ count, median: z.nullable(z.number()), p90: z.nullable(z.number()) });
DOCS: describe(taken, {
  id: 'DaysTaken',
  description: 'How many days something took.',
  properties: {
    count: 'How many were measured.',
    median: 'The median of the days; null if nothing was measured.',
    p90: 'The 90th percentile of the days; null if nothing was measured.',
  },
});

function ofEach<Name extends string, Schema>(names: readonly Name[], schema: Schema): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}

const outcomeCounts = z.object(ofEach(INSIGHT_OUTCOMES, count));
DOCS: describe(outcomeCounts, {
  id: 'InsightOutcomes',
  description: 'The transactions by how they closed; `open` counts those whose redraw is open.',
  properties: {
    results_complete: 'Closed with all results.',
    results_incomplete: 'Closed without some results.',
    failed: 'Closed because the order failed.',
    cancelled: 'Cancelled.',
    open: 'With an open redraw.',
  },
});

const decisionCounts = z.object(ofEach(INSIGHT_DECISIONS, count));
DOCS: describe(decisionCounts, {
  id: 'InsightDecisions',
  description: 'The decisions of people.',
  properties: {
    new_order: 'A new order was placed.',
    enough: 'The results are enough.',
    declined: 'The patient declined.',
    other: 'What only the note says.',
  },
});

const days = z.object(ofEach(INSIGHT_SPANS, taken));
DOCS: describe(days, {
  id: 'InsightDays',
  description: 'The days of each stage, and until complete results.',
  properties: {
    awaiting_order: 'Until the order was there.',
    awaiting_requisition: 'From the order to its requisition.',
    awaiting_appointment: 'From the requisition to the booking of an appointment.',
    awaiting_draw: 'Until the draw.',
    awaiting_result: 'From the draw to the result.',
    until_results: 'From the beginning to complete results.',
  },
});

const figures = {
  transactions: count,
  outcomes: outcomeCounts,
  decisions: decisionCounts,
  redraws: share,
  overdue: share,
  overdue_redraws: share,
  days,
  redraw_days: days,
};
const figureProperties = {
  transactions: 'How many transactions were counted.',
  redraws: 'Those with a redraw, of those that were not cancelled before one.',
  overdue: 'Those that were ever flagged as overdue.',
  overdue_redraws: 'The redraws that were ever flagged as overdue.',
  days: 'Of the initial orders; `until_results` is of the whole transaction.',
  redraw_days: 'Of the redraws.',
};
const total = z.object(figures);
DOCS: describe(total, {
  id: 'InsightFigures',
  description: 'The figures of a period.',
  properties: figureProperties,
});

const formerGroup = z.object({ transactions: count, redraws: share });
DOCS: describe(formerGroup, {
  id: 'FormerInsightGroup',
  description: 'The figures of a group in the period before.',
  properties: { transactions: figureProperties.transactions, redraws: figureProperties.redraws },
});
const group = z.object({ name: z.nullable(z.string()), ...figures, former: formerGroup });
DOCS: describe(group, {
  id: 'InsightGroup',
  description: 'The figures of a lab, a test or a month.',
  properties: { name: 'The name of the group; null if it is unknown.', ...figureProperties },
});

const formerCause = z.object({ redraws: share, share });
const causeProperties = {
  redraws: 'The redraws that it made necessary, of all transactions.',
  share: 'The redraws that it made necessary, of all redraws. One redraw can have several causes.',
};
DOCS: describe(formerCause, {
  id: 'FormerInsightCause',
  description: 'The figures of a cause in the period before.',
  properties: causeProperties,
});
const cause = z.object({ name: z.string(), redraws: share, share, former: formerCause });
DOCS: describe(cause, {
  id: 'InsightCause',
  description: 'A marker or a failure type that made redraws necessary.',
  properties: { name: 'The marker or the failure type.', ...causeProperties },
});

const formerPeriod = z.object({ from: month, to: month, total });
DOCS: describe(formerPeriod, {
  id: 'FormerInsights',
  description: 'The period of the same length before.',
  properties: { from: 'Its first month.', to: 'Its last month.' },
});

export const insights = z.object({
  from: month,
  to: month,
  by: z.enum(INSIGHT_GROUPINGS),
  total,
  former: formerPeriod,
  groups: z.array(group),
  causes: z.array(cause),
  left_out: count,
});
DOCS: describe(insights, {
  id: 'Insights',
  description: 'Redraw rates, days per stage and how transactions closed, over months.',
  properties: {
    from: 'The first month.',
    to: 'The last month.',
    by: 'What the figures are grouped by.',
    groups:
      'The figures of each group, the largest first, months in their order. Empty by marker or failure type.',
    causes: 'The figures of each cause, the most frequent first. Empty by anything else.',
    left_out: 'How many groups or causes are left out, the smallest ones.',
  },
});

export type Insights = z.output<typeof insights>;

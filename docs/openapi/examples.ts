import { criticalResultExamples } from './examples/critical-results.ts';
import { discardExamples } from './examples/discards.ts';
import { handlingExamples } from './examples/handling.ts';
import { insightExamples } from './examples/insights.ts';
import { matchReviewExamples } from './examples/match-reviews.ts';
import { orderingExamples } from './examples/ordering.ts';
import { orderExamples } from './examples/orders.ts';
import { quarantineExamples } from './examples/quarantine.ts';
import { redrawExamples } from './examples/redraws.ts';
import { stalledOrderExamples } from './examples/stalled-orders.ts';
import { summaryExamples } from './examples/summary.ts';
import { transactionExamples } from './examples/transactions.ts';

/** The API's answers in test/core/api/scene/example-world.ts. A test compares them. */
export const examples = {
  ...transactionExamples,
  ...redrawExamples,
  ...handlingExamples,
  ...discardExamples,
  ...orderExamples,
  ...orderingExamples,
  ...stalledOrderExamples,
  ...matchReviewExamples,
  ...criticalResultExamples,
  ...quarantineExamples,
  ...summaryExamples,
  ...insightExamples,
};

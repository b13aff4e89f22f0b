import { criticalResultExamples } from './critical-results.ts';
import { discardExamples } from './discards.ts';
import { handlingExamples } from './handling.ts';
import { insightExamples } from './insights.ts';
import { matchReviewExamples } from './match-reviews.ts';
import { orderExamples } from './orders.ts';
import { quarantineExamples } from './quarantine.ts';
import { redrawExamples } from './redraws.ts';
import { stalledOrderExamples } from './stalled-orders.ts';
import { summaryExamples } from './summary.ts';
import { transactionExamples } from './transactions.ts';
import { viewExamples } from './views.ts';

/** The API's answers in test/core/api/scene/example-world.ts. A test compares them. */
export const examples = {
  ...transactionExamples,
  ...redrawExamples,
  ...handlingExamples,
  ...discardExamples,
  ...orderExamples,
  ...stalledOrderExamples,
  ...matchReviewExamples,
  ...criticalResultExamples,
  ...quarantineExamples,
  ...summaryExamples,
  ...insightExamples,
  ...viewExamples,
};

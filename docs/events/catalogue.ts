/** Every event in words, with an example. The schemas in core/domain say what an event contains. */

import { messageEvents } from '../../capabilities/messages/docs/event-catalogue.ts';
import { criticalResultEvents } from './catalogue/critical-results.ts';
import type { DocumentedEvents } from './catalogue/documented-event.ts';
import { failedOrderEvents } from './catalogue/failed-orders.ts';
import { handlingEvents } from './catalogue/handling.ts';
import { matchReviewEvents } from './catalogue/match-reviews.ts';
import { redrawEvents } from './catalogue/redraws.ts';
import { stalledOrderEvents } from './catalogue/stalled-orders.ts';
import { transactionEvents } from './catalogue/transactions.ts';

export const catalogue: DocumentedEvents = {
  ...redrawEvents,
  ...stalledOrderEvents,
  ...failedOrderEvents,
  ...handlingEvents,
  ...transactionEvents,
  ...matchReviewEvents,
  ...criticalResultEvents,
  ...messageEvents,
};

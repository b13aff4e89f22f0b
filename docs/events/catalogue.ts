/** The events in words, with examples. The schemas say what an event contains. */
import { domainEvents, type EventType } from '../../core/domain/events/domain-events.ts';
import { documentsOf, type EventDocument } from '../capabilities.ts';
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
};

const core = (Object.keys(domainEvents) as EventType[]).map(
  (type) => [type, { schema: domainEvents[type], ...catalogue[type] }] as const,
);

/** Every event by its type, also of the capabilities. */
export const events: readonly (readonly [string, EventDocument])[] = [
  ...core,
  ...Object.entries(documentsOf('events')),
];

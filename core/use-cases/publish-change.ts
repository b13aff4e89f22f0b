import { criticalResultEvents } from '../domain/events/critical-result-events.ts';
import type { DomainEvent } from '../domain/events/domain-events.ts';
import { matchReviewEvents } from '../domain/events/match-review-events.ts';
import { transactionEvents } from '../domain/events/transaction-events.ts';
import { type Bus, putEvents } from '../events/bus.ts';
import { isDiscarded, readMatchReviewItem } from '../store/match-reviews/match-review-item.ts';
import { hasCriticalResult, readOrderItem } from '../store/orders/order-item.ts';
import { causeOfChange, changedKind, readStreamRecord, type StreamRecord } from '../store/stream-record.ts';
import type { Item } from '../store/table.ts';
import { readHeldItem } from '../store/transactions/transaction-item.ts';

/**
 * Puts the events of a change of a transaction, a match review or an order's critical result on the bus. Events that are
 * published again keep their ids.
 */
export async function publishChange(bus: Bus, record: StreamRecord): Promise<DomainEvent[]> {
  const { before, after } = readStreamRecord(record);
  const events = after ? eventsOf(before, after, causeOfChange(record) ?? null) : [];
  if (events.length > 0) await putEvents(bus, events);
  return events;
}

function eventsOf(before: Item | null, after: Item, cause: string | null): DomainEvent[] {
  switch (changedKind(after.sk)) {
    case 'match_review':
      if (isDiscarded(after)) return [];
      return matchReviewEvents(before && readMatchReviewItem(before), readMatchReviewItem(after), cause);
    case 'order':
      if (!hasCriticalResult(after)) return [];
      return criticalResultEvents(before && readOrderItem(before), readOrderItem(after), cause);
    default:
      return transactionEvents(before && readHeldItem(before), readHeldItem(after), cause);
  }
}

import { criticalResultEvents } from '../domain/events/critical-result-events.ts';
import type { DomainEvent } from '../domain/events/domain-events.ts';
import { matchReviewEvents } from '../domain/events/match-review-events.ts';
import { transactionEvents } from '../domain/events/transaction-events.ts';
import { isEmptied } from '../domain/stored/stored-transaction.ts';
import { type Bus, putEvents } from '../events/bus.ts';
import { isDiscarded, readMatchReviewItem } from '../store/match-reviews/match-review-item.ts';
import { hasCriticalResult, readOrderItem } from '../store/orders/order-item.ts';
import { causeOfChange, changedKind, readStreamRecord, type StreamRecord } from '../store/stream-record.ts';
import type { Item } from '../store/table.ts';
import { readHeldItem } from '../store/transactions/transaction-item.ts';
import type { CountedChange } from './count-changes.ts';

/** What was published about a change, and the change to count; null for one of another kind of item. */
export interface PublishedChange {
  readonly events: readonly DomainEvent[];
  readonly counted: CountedChange | null;
}

/**
 * Puts the events of a change of a transaction, a match review or an order's critical result on the bus. Events that are
 * published again keep their ids.
 */
export async function publishChange(bus: Bus, record: StreamRecord): Promise<PublishedChange> {
  const { before, after } = readStreamRecord(record);
  const published = whatToPublish(before, after, causeOfChange(record) ?? null);
  if (published.events.length > 0) await putEvents(bus, published.events);
  return published;
}

function whatToPublish(before: Item | null, after: Item | null, cause: string | null): PublishedChange {
  const kind = changedKind((after ?? before)?.sk);
  if (kind === 'order' || kind === 'match_review')
    return { events: after ? eventsOf(before, after, cause) : [], counted: null };
  const counted = transactionChange(before, after);
  const events = counted?.after ? transactionEvents(counted.before, counted.after, cause) : [];
  return { events, counted };
}

function transactionChange(before: Item | null, after: Item | null): CountedChange | null {
  const next = after && readHeldItem(after);
  try {
    return { before: before && readHeldItem(before), after: next };
  } catch (error) {
    if (next && !isEmptied(next)) throw error;
    // The rebuild empties items that cannot be read. It counts all transactions afterwards.
    return null;
  }
}

function eventsOf(before: Item | null, after: Item, cause: string | null): DomainEvent[] {
  if (changedKind(after.sk) === 'match_review') {
    if (isDiscarded(after)) return [];
    return matchReviewEvents(before && readMatchReviewItem(before), readMatchReviewItem(after), cause);
  }
  if (!hasCriticalResult(after)) return [];
  return criticalResultEvents(before && readOrderItem(before), readOrderItem(after), cause);
}

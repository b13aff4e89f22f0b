import { criticalResultEvents } from '../domain/events/critical-result-events.ts';
import type { DomainEvent } from '../domain/events/domain-events.ts';
import { factTime, isHistorical, type MarkedEvent } from '../domain/events/history.ts';
import { matchReviewEvents } from '../domain/events/match-review-events.ts';
import { transactionEvents } from '../domain/events/transaction-events.ts';
import type { Instant } from '../domain/instant.ts';
import { type HeldTransaction, isEmptied } from '../domain/stored/stored-transaction.ts';
import { type Bus, putEvents } from '../events/bus.ts';
import { isDiscarded, readMatchReviewItem } from '../store/match-reviews/match-review-item.ts';
import { hasCriticalResult, readOrderItem } from '../store/orders/order-item.ts';
import {
  causeOfChange,
  changedKind,
  isLoaded,
  readStreamRecord,
  type StreamRecord,
} from '../store/stream-record.ts';
import type { Item } from '../store/table.ts';
import { readHeldItem } from '../store/transactions/transaction-item.ts';
import type { CountedChange } from './count-changes.ts';

/** What was published about a change, and the change to count; null for one of another kind of item. */
export interface PublishedChange {
  readonly events: readonly MarkedEvent[];
  readonly counted: CountedChange | null;
}

/**
 * Puts the events of a change of a transaction, a match review or an order's critical result on the bus. Events that are
 * published again keep their ids. What an export brought is neither published nor counted: its old deployment did both.
 *
 * @param since since when the service watches: events about what was before are marked as historical
 */
export async function publishChange(
  bus: Bus,
  record: StreamRecord,
  since: Instant | null,
): Promise<PublishedChange> {
  if (isLoaded(record)) return { events: [], counted: null };
  const { before, after } = readStreamRecord(record);
  const published = whatToPublish(before, after, { cause: causeOfChange(record) ?? null, since });
  if (published.events.length > 0) await putEvents(bus, published.events);
  return published;
}

/** What is known of a change beside its images: what caused it, and since when the service watches. */
interface Circumstances {
  readonly cause: string | null;
  readonly since: Instant | null;
}

function whatToPublish(before: Item | null, after: Item | null, known: Circumstances): PublishedChange {
  const kind = changedKind((after ?? before)?.sk);
  if (kind === 'order' || kind === 'match_review')
    return { events: after ? eventsOf(before, after, known) : [], counted: null };
  const counted = transactionChange(before, after);
  return { events: counted?.after ? markedEvents(counted.before, counted.after, known) : [], counted };
}

/** The events of a change of a transaction, each marked as news or history. */
export function markedEvents(
  before: HeldTransaction | null,
  after: HeldTransaction,
  { cause, since }: Circumstances,
): MarkedEvent[] {
  return transactionEvents(before, after, cause).map((event) => ({
    ...event,
    historical: isHistorical(factTime(event, { before, after }), since),
  }));
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

function eventsOf(before: Item | null, after: Item, { cause, since }: Circumstances): MarkedEvent[] {
  const marked = (event: DomainEvent, at: Instant | null) => ({
    ...event,
    historical: isHistorical(at, since),
  });
  if (changedKind(after.sk) === 'match_review') {
    if (isDiscarded(after)) return [];
    const review = readMatchReviewItem(after);
    const events = matchReviewEvents(before && readMatchReviewItem(before), review, cause);
    return events.map((event) => marked(event, review.listed_at));
  }
  if (!hasCriticalResult(after)) return [];
  const events = criticalResultEvents(before && readOrderItem(before), readOrderItem(after), cause);
  return events.map((event) => marked(event, event.detail.time));
}

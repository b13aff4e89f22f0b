import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { criticalResultEvents } from '../domain/events/critical-result-events.ts';
import type { DomainEvent } from '../domain/events/domain-events.ts';
import { eventsOfChange } from '../domain/events/events-of-change.ts';
import { matchReviewEvents } from '../domain/events/match-review-events.ts';
import { type Bus, putEvents } from '../events/bus.ts';
import { readMatchReviewItem } from '../store/match-reviews/match-review-item.ts';
import { readOrderItem } from '../store/orders/order-item.ts';
import { causeOfChange, type Item } from '../store/table.ts';
import { isOfKind } from '../store/table-layout.ts';
import { readHeldItem } from '../store/transactions/transaction-item.ts';

/** An item before and after a write, as the stream shows them. */
export interface ItemChange {
  readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
  readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Puts the events of a change of a transaction, a match review or an order's critical result on the bus. Events that are
 * published again keep their ids.
 */
export async function publishChange(bus: Bus, { OldImage, NewImage }: ItemChange): Promise<DomainEvent[]> {
  const after = itemIn(NewImage);
  const cause = causeOfChange({ NewImage }) ?? null;
  const events = after ? changesOf(itemIn(OldImage), after, cause) : [];
  if (events.length > 0) await putEvents(bus, events);
  return events;
}

function changesOf(before: Item | null, after: Item, cause: string | null): DomainEvent[] {
  if (after.sk === 'MATCH_REVIEW') {
    return matchReviewEvents(before && readMatchReviewItem(before), readMatchReviewItem(after), cause);
  }
  if (isOfKind('ORDER', after.sk)) {
    // Only an order with a critical result is in this index.
    if (after.status_pk === undefined) return [];
    return criticalResultEvents(before && readOrderItem(before), readOrderItem(after), cause);
  }
  return eventsOfChange(before && readHeldItem(before), readHeldItem(after), cause);
}

function itemIn(image: ItemChange['NewImage']): Item | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}

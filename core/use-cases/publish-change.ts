import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DomainEvent } from '../domain/transaction/domain-events.ts';
import type { StoredTransaction } from '../domain/transaction/stored-transaction.ts';
import { eventsBetween } from '../domain/transaction/transaction-changes.ts';
import { type Bus, putEvents } from '../events/bus.ts';
import { readTransactionItem } from '../store/transactions/transaction-item.ts';

/** A transaction item before and after a write, as the stream shows them. */
export interface ItemChange {
  readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
  readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
}

/** Puts the events of a change on the bus. Events that are published again keep their ids. */
export async function publishChange(bus: Bus, { OldImage, NewImage }: ItemChange): Promise<DomainEvent[]> {
  const after = transactionIn(NewImage);
  // The orders of an emptied transaction have moved to another one, whose change has the events.
  if (!after) return [];
  const events = eventsBetween(transactionIn(OldImage), after);
  if (events.length > 0) await putEvents(bus, events);
  return events;
}

function transactionIn(image: ItemChange['NewImage']): StoredTransaction | null {
  return image ? readTransactionItem(unmarshall(image as Record<string, AttributeValue>)) : null;
}

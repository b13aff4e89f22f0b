import { distinctEvents, newestEvent, type OrderEvent } from './order-event.ts';
import type { OrderRecord } from './order-record.ts';

/** What an event is remembered by as one that a delivery showed as the newest: short, as every order keeps some. */
function shownAs(event: OrderEvent): string {
  return event.id === '' ? event.created_at : event.id;
}

/** What a delivery with these events shows: each event is delivered once as the newest, if no delivery is lost. */
export function shownBy(events: readonly OrderEvent[]): string[] {
  const newest = newestEvent(events);
  return newest ? [shownAs(newest)] : [];
}

/** The events of an order that no delivery showed as the newest: of each, a webhook must have been missed. */
export function missedEvents({ events, shown }: OrderRecord): OrderEvent[] {
  const known = new Set(shown);
  return distinctEvents(events).filter((event) => !known.has(shownAs(event)));
}

import type { Instant } from '../instant.ts';
import { byKey } from '../ordering.ts';
import { distinctEvents, newestEvent, type OrderEvent } from './order-event.ts';
import type { OrderRecord } from './order-record.ts';

/** How a state of an order arrived: in a webhook, or in an answer of Junction's API. */
export type Source = 'webhook' | 'api';

/**
 * A state of an order got here. Told apart by the newest event that it showed; of several alike the first is kept, so
 * that an order keeps no more arrivals than it has events. Nothing is decided by when something arrived.
 */
export interface Arrival {
  readonly by: Source;
  /** What the newest event is remembered by: short, as every order keeps some. */
  readonly newest: string;
  readonly at: Instant;
}

/** An event, and how it got here first; nulls where nobody noted that. */
export interface LearnedEvent extends OrderEvent {
  readonly learned_at: Instant | null;
  readonly learned_from: Source | null;
}

/** The arrival of a payload with these events; null for one without any. */
export function arrivalOf(events: readonly OrderEvent[], by: Source, at: Instant): Arrival | null {
  const newest = newestEvent(events);
  return newest && { by, newest: rememberedBy(newest), at };
}

function rememberedBy(event: OrderEvent): string {
  return event.id === '' ? event.created_at : event.id;
}

/**
 * The events of an order that no webhook showed as the newest: of each, one must have been missed, since each is
 * delivered once as the newest if none is lost.
 */
export function missedEvents({ events, arrivals }: OrderRecord): OrderEvent[] {
  const told = new Set(arrivals.filter(({ by }) => by === 'webhook').map(({ newest }) => newest));
  return distinctEvents(events).filter((event) => !told.has(rememberedBy(event)));
}

/** The events of an order in fold order, each with when it was first heard of: a payload shows all there were so far. */
export function learnedEvents({ events, arrivals }: OrderRecord): LearnedEvent[] {
  const distinct = distinctEvents(events);
  const lastPlaces = new Map(distinct.map((event, place) => [rememberedBy(event), place]));
  // Each arrival told of the events up to its newest: of those that no earlier one had told of, it was the first.
  const first: Arrival[] = [];
  for (const arrival of arrivals.toSorted(byKey(({ at }) => [at]))) {
    const last = lastPlaces.get(arrival.newest) ?? -1;
    while (first.length <= last) first.push(arrival);
  }
  return distinct.map((event, place) => ({
    ...event,
    learned_at: first[place]?.at ?? null,
    learned_from: first[place]?.by ?? null,
  }));
}

import type { Instant } from '../instant.ts';
import { byKey } from '../sort-keys.ts';
import { distinctEvents, newestEvent, type OrderEvent } from './order-event.ts';

/** How a state of an order arrived: in a webhook, or in an answer of Junction's API. */
export const SOURCES = ['webhook', 'api'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * The arrival of a state of an order. The newest event of the state identifies it. Only the first of equal arrivals is kept,
 * so that an order has at most as many arrivals as events. The time of arrival decides nothing.
 */
export interface Arrival {
  readonly by: Source;
  /** Identifies the newest event. Short, because every order stores several. */
  readonly newest: string;
  readonly at: Instant;
}

/** An event, and its first arrival; nulls if that is unknown. */
export interface LearnedEvent extends OrderEvent {
  readonly learned_at: Instant | null;
  readonly learned_from: Source | null;
}

/** What is known of an order, and how it was learned. */
interface Learned {
  readonly events: readonly OrderEvent[];
  readonly arrivals: readonly Arrival[];
}

/** The arrival of a payload with these events; null if there are none. */
export function arrivalOf(events: readonly OrderEvent[], by: Source, at: Instant): Arrival | null {
  const newest = newestEvent(events);
  return newest && { by, newest: eventKey(newest), at };
}

/** The key of the dates of a result among the arrivals. No event has such an id, because Junction's are integers. */
const DATES = '=';

/** When a lab expects a result, and the latest time by which it promises it. */
export interface ResultDates {
  readonly expected_result_by_date: string | null;
  readonly worst_case_result_by_date: string | null;
}

export function hasDates({ expected_result_by_date, worst_case_result_by_date }: ResultDates): boolean {
  return expected_result_by_date !== null || worst_case_result_by_date !== null;
}

/** The arrival of the first dates of a result; null without dates. Junction documents no webhook for them. */
export function arrivalOfDates(dates: ResultDates, by: Source, at: Instant): Arrival | null {
  return hasDates(dates) ? { by, newest: DATES, at } : null;
}

/** When and how dates of a result were first learned; nulls if that is unknown. The lab can have moved them since. */
export function learnedDates({
  arrivals,
}: Pick<Learned, 'arrivals'>): Pick<LearnedEvent, 'learned_at' | 'learned_from'> {
  const [first] = arrivals.filter(({ newest }) => newest === DATES).toSorted(byKey(({ at }) => [at]));
  return { learned_at: first?.at ?? null, learned_from: first?.by ?? null };
}

function eventKey(event: OrderEvent): string {
  return event.id === '' ? event.created_at : event.id;
}

/**
 * The events that no webhook showed as the newest event of the order. Junction sends one webhook per event, so the webhook of
 * each of these was lost.
 */
export function missedEvents({ events, arrivals }: Learned): OrderEvent[] {
  const shown = new Set(arrivals.filter(({ by }) => by === 'webhook').map(({ newest }) => newest));
  return distinctEvents(events).filter((event) => !shown.has(eventKey(event)));
}

/** The events of an order in fold order, each with its first arrival. A payload holds all events up to its newest. */
export function learnedEvents({ events, arrivals }: Learned): LearnedEvent[] {
  const distinct = distinctEvents(events);
  const lastPlaces = new Map(distinct.map((event, place) => [eventKey(event), place]));
  // Each event is attributed to the first arrival that included it.
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

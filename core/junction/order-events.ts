import * as z from 'zod/mini';
import type { Instant } from '../domain/instant.ts';
import { eventIdentity, type OrderEvent } from '../domain/order/order-event.ts';
import { instant, nonEmpty, openEnum, openEnumOrNull, text } from './fields.ts';

/** A number or a text; absent and null are read as the empty text. */
const eventId = z.pipe(
  z.transform((id: unknown) => (Number.isSafeInteger(id) ? String(id) : (id ?? ''))),
  text.check(z.maxLength(64)),
);

/** An entry of an order's `events[]`, and its `last_event`. */
export const event = z.object({
  id: eventId,
  created_at: instant,
  status: openEnum.check(nonEmpty),
  status_detail: openEnumOrNull,
});

/** The events in an order payload. */
interface ListedEvents {
  readonly events: readonly z.output<typeof event>[];
  readonly last_event: z.output<typeof event> | null;
}

/** The events of a payload in the order of its list, with those after the horizon separate. */
export function eventsOf(order: ListedEvents, horizon: Instant) {
  const events = order.events.map(eventAt);
  const { last_event: last } = order;
  const listed = events.some(
    (entry) => entry.id === last?.id && entry.created_at === last.created_at && entry.status === last.status,
  );
  if (last && !listed) events.push(eventAt(last, events.length));
  return {
    events: events.filter((entry) => entry.created_at <= horizon),
    futureEvents: events.filter((entry) => entry.created_at > horizon),
  };
}

/** An event without its detail, which is not part of its identity. */
function eventAt({ id, created_at, status }: z.output<typeof event>, position: number): OrderEvent {
  return { id, created_at, status, position };
}

/** The details of the given events, by the identity of the event. */
export function statusDetails(
  { events, last_event }: ListedEvents,
  given: readonly OrderEvent[],
): Record<string, string> {
  const identities = new Set(given.map(eventIdentity));
  const stated = [...events, ...(last_event ? [last_event] : [])].flatMap(({ status_detail, ...rest }) => {
    const identity = eventIdentity(rest);
    return status_detail !== null && identities.has(identity) ? [[identity, status_detail]] : [];
  });
  return Object.fromEntries(stated);
}

/** The time of the first event dated before the one that the list has before it. `events` are in the order of the list. */
export function outOfOrderAt(events: readonly OrderEvent[]): Instant | null {
  const first = events.find(({ created_at }, place) => created_at < (events[place - 1]?.created_at ?? ''));
  return first?.created_at ?? null;
}

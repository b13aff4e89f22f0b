import type { Instant } from '../domain/instant.ts';
import { distinctEvents, eventIdentity, newestEvent, type OrderEvent } from '../domain/order/order-event.ts';
import { object, textAs } from '../reading/readers.ts';
import type { ReadBy, Reader } from '../reading/reading.ts';
import { filledEnum, instant, openEnumOrNull } from './fields.ts';

const idText = textAs((id) => (id.length <= 64 ? id : null), 'not an ID of an event');
/** A number or a text; absent and null are read as the empty text. */
const eventId: Reader<string> = (id, reading) =>
  Number.isSafeInteger(id) ? String(id) : idText(id ?? '', reading);

/** An entry of an order's `events[]`, and its `last_event`. */
export const event = object({
  id: eventId,
  created_at: instant,
  status: filledEnum,
  status_detail: openEnumOrNull,
});

/** The events in an order payload. */
interface ListedEvents {
  readonly events: readonly ReadBy<typeof event>[];
  readonly last_event: ReadBy<typeof event> | null;
}

/** The events of a payload in the order of its list, with those after the horizon separate. */
export function eventsOf({ events: listed, last_event: last }: ListedEvents, horizon: Instant) {
  const events = listed.map(eventAt);
  const isLast = (entry: OrderEvent) =>
    entry.id === last?.id && entry.created_at === last.created_at && entry.status === last.status;
  if (last && !events.some(isLast)) events.push(eventAt(last, events.length));
  const isTied = (entry: OrderEvent) =>
    events.some((other) => other.created_at === entry.created_at && other.position > entry.position);
  const marked = events.map((entry) =>
    isLast(entry) && isTied(entry) ? { ...entry, last: true as const } : entry,
  );
  const counted = marked.filter((entry) => entry.created_at <= horizon);
  const newest = newestEvent(counted);
  return {
    events: counted,
    futureEvents: marked.filter((entry) => entry.created_at > horizon),
    lastDiffers: last !== null && last.created_at <= horizon && newest !== null && !isLast(newest),
  };
}

/** An event without its detail, which is not part of its identity. */
function eventAt({ id, created_at, status }: ReadBy<typeof event>, position: number): OrderEvent {
  return { id, created_at, status, position };
}

/** The details of the given events, by the identity of the event: of several statements about one event, that which counts. */
export function statusDetails(
  { events, last_event }: ListedEvents,
  given: readonly OrderEvent[],
): Record<string, string> {
  const counted = new Map(distinctEvents(given).map((event) => [eventIdentity(event), event]));
  const stated = [...events, ...(last_event ? [last_event] : [])].flatMap(({ status_detail, ...rest }) => {
    const identity = eventIdentity(rest);
    const event = counted.get(identity);
    const isCounted = event?.created_at === rest.created_at && event.status === rest.status;
    return status_detail !== null && isCounted ? [[identity, status_detail]] : [];
  });
  return Object.fromEntries(stated);
}

/** The time of the first event dated before the one that the list has before it. `events` are in the order of the list. */
export function outOfOrderAt(events: readonly OrderEvent[]): Instant | null {
  const first = events.find(({ created_at }, place) => created_at < (events[place - 1]?.created_at ?? ''));
  return first?.created_at ?? null;
}

import { type Instant, isSameTime } from '../instant.ts';
import { byKey, compareKeys } from '../sort-keys.ts';

/** One entry of an order's `events[]`. `position` is its index in the list of its payload. */
export interface OrderEvent {
  readonly created_at: Instant;
  readonly position: number;
  readonly id: string;
  readonly status: string;
  /**
   * Present if it is the `last_event` of its payload although the list has another event of the same time after it. Without
   * such a tie the position says the same.
   */
  readonly last?: true;
}

/**
 * Junction's ids are integers of any length and compare as numbers. A missing id sorts first, any other text last. Two
 * spellings of one number still differ, because the fold must not depend on the order of equal events.
 */
function idKey(id: string): [number, number, string, string] {
  const digits = /^0*([1-9]\d*|0)$/.exec(id)?.[1];
  return digits === undefined ? [id === '' ? 0 : 2, 0, '', id] : [1, digits.length, digits, id];
}

function foldKey(event: OrderEvent): (string | number)[] {
  return [event.created_at, event.last ? 1 : 0, event.position, ...idKey(event.id), event.status];
}

/** Fold order: the last event of a set decides the order's status. */
export const byFoldOrder = byKey(foldKey);

/** The event that decides an order's status. */
export function newestEvent(events: readonly OrderEvent[]): OrderEvent | null {
  let newest: OrderEvent | null = null;
  for (const event of events) {
    if (newest === null || compareKeys(foldKey(event), foldKey(newest)) > 0) newest = event;
  }
  return newest;
}

/** The same for an event in every payload: Junction's id, or without one the time and status. */
export function eventIdentity({ created_at, id, status }: Omit<OrderEvent, 'position' | 'last'>): string {
  return id === '' ? JSON.stringify([created_at, status]) : id;
}

/** Whether a list has the event: by its identity, or by its time and status if one of the two has no id. */
export function isListed(event: OrderEvent, list: readonly OrderEvent[]): boolean {
  return list.some(
    (other) =>
      eventIdentity(other) === eventIdentity(event) ||
      ((event.id === '' || other.id === '') && isSameFact(event, other)),
  );
}

/** Whether both can state the same status at the same time: Junction shows one time with different precisions. */
export function isSameFact(one: OrderEvent, other: OrderEvent): boolean {
  return one.status === other.status && isSameTime(one.created_at, other.created_at);
}

/** Whether both are the same statement about an event, with the same place in its list. */
export function isSameStatement(one: OrderEvent, other: OrderEvent): boolean {
  return (
    one.id === other.id &&
    one.created_at === other.created_at &&
    one.status === other.status &&
    one.position === other.position &&
    one.last === other.last
  );
}

/** The events in fold order, one of each identity: of several statements about one event, the last in fold order. */
export function distinctEvents(events: readonly OrderEvent[]): OrderEvent[] {
  const byIdentity = new Map(events.toSorted(byFoldOrder).map((event) => [eventIdentity(event), event]));
  return [...byIdentity.values()].sort(byFoldOrder);
}

import type { Instant } from '../instant.ts';
import { byKey, compareKeys } from '../sort-keys.ts';

/** One entry of an order's `events[]`. `position` is its index in the list of its payload. */
export interface OrderEvent {
  readonly created_at: Instant;
  readonly position: number;
  readonly id: string;
  readonly status: string;
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
  return [event.created_at, event.position, ...idKey(event.id), event.status];
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

/** The same for an event in every payload, whatever its position. */
export function eventIdentity({ created_at, id, status }: Omit<OrderEvent, 'position'>): string {
  return JSON.stringify([created_at, id, status]);
}

/** The events in fold order without duplicates. Of equal events at several positions, the one at the greatest is kept. */
export function distinctEvents(events: readonly OrderEvent[]): OrderEvent[] {
  const byIdentity = new Map<string, OrderEvent>();
  for (const event of events) {
    const key = eventIdentity(event);
    const known = byIdentity.get(key);
    if (!known || event.position > known.position) byIdentity.set(key, event);
  }
  return [...byIdentity.values()].sort(byFoldOrder);
}

import type { Instant } from '../instant.ts';
import { byKey, compareKeys } from '../ordering.ts';

/** One entry of an order's `events[]`. `position` is its place in the list that brought it. */
export interface OrderEvent {
  readonly created_at: Instant;
  readonly position: number;
  readonly id: string;
  readonly status: string;
}

/**
 * Ids are integers at Junction, compared as such however long; none at all stands before them, any other text after.
 * Two spellings of one number still differ: a fold that took them for equal would depend on their order.
 */
function idKey(id: string): [number, number, string, string] {
  const digits = /^0*(\d+)$/.exec(id)?.[1];
  return digits === undefined ? [id === '' ? 0 : 2, 0, '', id] : [1, digits.length, digits, id];
}

function foldKey(event: OrderEvent): (string | number)[] {
  return [event.created_at, event.position, ...idKey(event.id), event.status];
}

/** The order of the fold: the last of a set is what the order's status is. */
export const byFoldOrder = byKey(foldKey);

/** The event that decides an order's status. */
export function newestEvent(events: readonly OrderEvent[]): OrderEvent | null {
  let newest: OrderEvent | null = null;
  for (const event of events) {
    if (newest === null || compareKeys(foldKey(event), foldKey(newest)) > 0) newest = event;
  }
  return newest;
}

/** The events in fold order, one seen at several places only at its greatest. */
export function distinctEvents(events: readonly OrderEvent[]): OrderEvent[] {
  const byIdentity = new Map<string, OrderEvent>();
  for (const event of events) {
    const key = JSON.stringify([event.created_at, event.id, event.status]);
    const known = byIdentity.get(key);
    if (!known || event.position > known.position) byIdentity.set(key, event);
  }
  return [...byIdentity.values()].sort(byFoldOrder);
}

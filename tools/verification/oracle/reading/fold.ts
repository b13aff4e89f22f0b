/** The order of events, and other comparisons, all of them ascending. */
import type { OrderEvent } from './facts.ts';

export function compareEvents(a: OrderEvent, b: OrderEvent): number {
  return (
    compareText(a.at, b.at) ||
    Number(a.isLast) - Number(b.isLast) ||
    a.position - b.position ||
    compareIds(a.id, b.id) ||
    compareText(a.status, b.status)
  );
}

/** As integers if both are, otherwise as text. An integer sorts before any text, so that there is one order. */
function compareIds(a: string, b: string): number {
  if (isInteger(a) && isInteger(b)) return Number(BigInt(a) - BigInt(b));
  return Number(isInteger(b)) - Number(isInteger(a)) || compareText(a, b);
}

export function isInteger(id: string): boolean {
  return /^-?\d+$/.test(id);
}

export function sameEvent(one: OrderEvent, other: OrderEvent): boolean {
  return one.at === other.at && one.id === other.id && one.status === other.status;
}

/** An event's id is its identity where Junction gives one, otherwise its time and status. */
export function identityOf({ id, at, status }: OrderEvent): string {
  return id === '' ? JSON.stringify([at, status]) : id;
}

/** A text that is the same for the same event. */
export function nameOf({ at, id, status }: OrderEvent): string {
  return JSON.stringify([at, id, status]);
}

export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The latest of normalized times; the empty string if there are none. */
export function latest(times: string[]): string {
  return times.toSorted().at(-1) ?? '';
}

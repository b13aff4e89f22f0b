/** What must hold of every single change, whatever has happened before it. */
import { isDeepStrictEqual } from 'node:util';
import type { Attributes } from '../memory/expressions.ts';
import type { ChangeCheck } from './world.ts';

const SETS = ['events', 'future_events', 'siblings', 'transaction_ids', 'client_users'];

export const checkChange: ChangeCheck = (key, before, after, orderItem) => {
  if (key.startsWith('ORDER#')) return orderFault(key, before, after);
  if (after === null || !key.startsWith('TX#')) return null;
  return (
    revisionFault(key, before, after) ?? resurrectionFault(key, after, orderItem(key.slice('TX#'.length)))
  );
};

/** An order's item only grows. */
function orderFault(key: string, before: Attributes | null, after: Attributes | null): string | null {
  if (after === null) return `${key} was deleted`;
  if (before === null) return null;
  if (!isCounted(before, after)) return `${key} does not count its writes`;
  if (String(after.rank ?? '') < String(before.rank ?? '')) return `${key} went back to an older snapshot`;
  for (const name of SETS) {
    const held = (after[name] as Set<string> | undefined) ?? new Set();
    for (const fact of (before[name] as Set<string> | undefined) ?? []) {
      if (!held.has(fact)) return `${key} lost a fact of its ${name}: ${fact}`;
    }
  }
  return arrivalFault(key, before, after);
}

/** When a state first got here stays as it was noted. */
function arrivalFault(key: string, before: Attributes, after: Attributes): string | null {
  const changed = Object.entries(before).find((entry) => isArrival(entry) && after[entry[0]] !== entry[1]);
  return changed ? `${key} no longer says when a state of it got here: ${changed[0]}` : null;
}

/** Every write counts the version up, but for those that only note which deliveries there were. */
function isCounted(before: Attributes, after: Attributes): boolean {
  if (Number(after.version) === Number(before.version) + 1) return true;
  return isDeepStrictEqual(withoutArrivals(before), withoutArrivals(after));
}

function withoutArrivals(item: Attributes): Attributes {
  return Object.fromEntries(Object.entries(item).filter((entry) => !isArrival(entry)));
}

function isArrival([name]: [string, unknown]): boolean {
  return /^[@?]/.test(name);
}

function revisionFault(key: string, before: Attributes | null, after: Attributes): string | null {
  const revised = before === null || Number(after.revision) === Number(before.revision) + 1;
  return revised ? null : `${key} went from revision ${before?.revision} to ${after.revision}`;
}

/** Once its order names a transaction, a provisional one is neither made nor changed. */
function resurrectionFault(key: string, after: Attributes, order: Attributes | null): string | null {
  if (after.provisional !== true || !order?.transaction_ids) return null;
  return `${key} was written, although its order has a transaction`;
}

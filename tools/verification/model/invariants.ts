/** What must hold for every change, and for the table after it. */
import { isDeepStrictEqual } from 'node:util';
import { statementsIn } from '../../../core/store/orders/order-registers.ts';
import { isOfKind, itemName } from '../../../core/store/table-layout.ts';
import { intactStored } from '../../../core/store/transactions/damaged-transactions.ts';
import type { Attributes } from '../memory-table/expressions.ts';

const SETS = /^(?:events|future_events|claimed_by|\+.*)$/s;
const REGISTERS = ['own', 'client', 'missing_results'];

/** The fault of a change of one item; null if the change is allowed. */
export function checkChange(key: string, before: Attributes | null, after: Attributes | null): string | null {
  if (key.startsWith('ORDER#')) return orderFault(key, before, after);
  return key.startsWith('TX#') ? transactionFault(key, before, after) : null;
}

/** An order's item only grows. */
function orderFault(key: string, before: Attributes | null, after: Attributes | null): string | null {
  if (after === null) return `${key} was deleted`;
  if (before === null) return null;
  if (!isCounted(before, after)) return `${key} has the wrong count of its writes`;
  if (text(after.asked) < text(before.asked)) return `${key} returned to an older answer`;
  // Only a newer answer of Junction replaces the newest webhook.
  const isAnswered = text(after.asked) > text(before.asked);
  if (!isAnswered && text(after.rank) < text(before.rank)) return `${key} returned to an older snapshot`;
  const older = REGISTERS.find((name) => rankAt(after, name) < rankAt(before, name));
  if (older) return `${key} returned to an older ${older}`;
  const sets = Object.keys(before).filter((name) => SETS.test(name));
  const smaller = sets.find((name) => [...setAt(before, name)].some((fact) => !setAt(after, name).has(fact)));
  if (smaller) return `${key} lost a fact from ${smaller}`;
  return arrivalFault(key, before, after);
}

const setAt = (item: Attributes, name: string) =>
  (item[name] as Set<string> | undefined) ?? new Set<string>();

const text = (value: unknown) => String(value ?? '');

/** A register begins with the rank of its value. What webhooks stated before an answer is kept beside it. */
function rankAt(item: Attributes, register: string): string {
  const kept = text((item.kept as Attributes | undefined)?.[register]);
  const stated = text(statementsIn(item)[register]);
  return stated > kept ? stated : kept;
}

/** The first arrival of a state never changes. */
function arrivalFault(key: string, before: Attributes, after: Attributes): string | null {
  const changed = Object.entries(before).find((entry) => isArrival(entry) && after[entry[0]] !== entry[1]);
  return changed ? `${key} changed the arrival of a state: ${changed[0]}` : null;
}

/** Every write increases the version, except those that only record an arrival or a later receipt. */
function isCounted(before: Attributes, after: Attributes): boolean {
  if (Number(after.version) === Number(before.version) + 1) return true;
  return isDeepStrictEqual(withoutArrivals(before), withoutArrivals(after));
}

function withoutArrivals(item: Attributes): Attributes {
  return Object.fromEntries(Object.entries(item).filter((entry) => !isArrival(entry) && entry[0] !== 'in'));
}

function isArrival([name]: [string, unknown]): boolean {
  return /^[@?]/.test(name);
}

/** A transaction's item stays, and its revision increases. The revision of a rebuilt one starts at the time of the rebuild. */
function transactionFault(key: string, before: Attributes | null, after: Attributes | null): string | null {
  if (after === null) return `${key} was deleted`;
  const isNext = before === null || Number(after.revision) === Number(before.revision) + 1;
  return isNext ? null : `${key} went from revision ${before.revision} to ${after.revision}`;
}

/** The fault of a table; null if there is none. */
export function checkTable(items: Iterable<Attributes>): string | null {
  const shownIn = new Map<string, string>();
  for (const item of items) {
    if (!isOfKind('TX', item.sk)) continue;
    const { fault, orders } = shownBy(item);
    if (fault) return fault;
    for (const order of orders) {
      const other = shownIn.get(order);
      if (other) return `order ${order} is in two transactions: ${other} and ${itemName(item)}`;
      shownIn.set(order, itemName(item));
    }
  }
  return null;
}

interface Shown {
  readonly orders: readonly string[];
  /** Whether it shows two patients. */
  readonly fault: string | null;
}

const known = new WeakMap<Attributes, Shown>();

function shownBy(item: Attributes): Shown {
  const shown = known.get(item) ?? readShown(item);
  known.set(item, shown);
  return shown;
}

function readShown(item: Attributes): Shown {
  const stored = intactStored(item);
  // An emptied transaction shows nothing.
  const orders = stored?.orders.map(({ id }) => id) ?? [];
  const told = orders.flatMap((id) => stored?.contributions[id] ?? []);
  const users = told.flatMap(({ user_id, modality }) =>
    user_id === null ? [] : [{ user_id, isTestKit: modality === 'testkit' }],
  );
  const fault = users.some((one) =>
    users.some((other) => one.user_id !== other.user_id && !one.isTestKit && !other.isTestKit),
  );
  return { orders, fault: fault ? `${itemName(item)} shows two patients` : null };
}

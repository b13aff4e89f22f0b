import { classOf, type TransactionOrder } from './transaction-orders.ts';

type Role = 'initial' | 'redraw' | 'recreation';

/** An anomaly in how the orders of a transaction relate, shown by `order`. */
export interface SlotAnomaly {
  readonly code: 'second_initial' | 'second_redraw' | 'unknown_origin';
  readonly order: TransactionOrder;
}

export interface Slots {
  readonly initial: TransactionOrder | null;
  readonly redraw: TransactionOrder | null;
  /** The order in the initial slot and those that it replaced, oldest first. */
  readonly initialChain: readonly TransactionOrder[];
  readonly anomalies: readonly SlotAnomaly[];
}

/** Which order fills the initial and which the redraw slot; see docs/state-model.md, Slots. `orders` ascend. */
export function slotsOf(orders: readonly TransactionOrder[]): Slots {
  const anomalies: SlotAnomaly[] = [];
  const roles = rolesOf(orders, anomalies);
  const replacements = replacementsOf(orders, roles);
  const fill = (role: 'initial' | 'redraw', code: 'second_initial' | 'second_redraw') => {
    const heads = orders.filter((order) => roles.get(order.id) === role);
    const last = heads.at(-1);
    if (last && heads.length > 1) anomalies.push({ code, order: last });
    return last ? chainFrom(last, replacements) : [];
  };
  // Recreations that form a cycle fill no slot, so the first one becomes the initial order.
  const [first] = orders;
  if (first && orders.every((order) => roles.get(order.id) === 'recreation')) roles.set(first.id, 'initial');
  const initialChain = fill('initial', 'second_initial');
  const redrawChain = fill('redraw', 'second_redraw');
  return {
    initial: initialChain.at(-1) ?? null,
    redraw: redrawChain.at(-1) ?? null,
    initialChain,
    anomalies,
  };
}

function rolesOf(orders: readonly TransactionOrder[], anomalies: SlotAnomaly[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  const unexplained: TransactionOrder[] = [];
  for (const order of orders) {
    const role = knownRole(order, orders);
    if (role) roles.set(order.id, role);
    else unexplained.push(order);
  }
  const hasInitial = orders.some((order) => order.origin === 'initial');
  for (const [index, order] of unexplained.entries()) {
    const first = index === 0 && !hasInitial;
    roles.set(order.id, first ? 'initial' : 'redraw');
    if (!first) anomalies.push({ code: 'unknown_origin', order });
  }
  return roles;
}

/** The role by an order's origin, otherwise by its parent's state. */
function knownRole(order: TransactionOrder, orders: readonly TransactionOrder[]): Role | null {
  if (order.origin === 'initial' || order.origin === 'redraw' || order.origin === 'recreation') {
    return order.origin;
  }
  const parent = parentOf(order, orders);
  if (!parent) return null;
  return classOf(parent) === 'R' ? 'redraw' : 'recreation';
}

/** The parent of an order within this transaction. An order is not its own parent. */
function parentOf(order: TransactionOrder, orders: readonly TransactionOrder[]) {
  return orders.find((other) => other.id === order.parent_id && other !== order);
}

/** The recreation of each recreated order (of several, the last). An orphan becomes an initial order. */
function replacementsOf(orders: readonly TransactionOrder[], roles: Map<string, Role>) {
  const replacements = new Map<string, TransactionOrder>();
  for (const [index, order] of orders.entries()) {
    if (roles.get(order.id) !== 'recreation') continue;
    const parent = parentOf(order, orders);
    const before = orders.slice(0, index).filter((other) => roles.get(other.id) !== 'recreation');
    const replaced = parent ?? before.at(-1);
    if (replaced) replacements.set(replaced.id, order);
    else roles.set(order.id, 'initial');
  }
  return replacements;
}

function chainFrom(head: TransactionOrder, replacements: ReadonlyMap<string, TransactionOrder>) {
  const chain = [head];
  let next = replacements.get(head.id);
  while (next && !chain.includes(next)) {
    chain.push(next);
    next = replacements.get(next.id);
  }
  return chain;
}

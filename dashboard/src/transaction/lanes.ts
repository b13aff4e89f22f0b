import type { Transaction, TransactionOrder } from '../api/answers.ts';

/** The lane of one order on the timeline. */
export interface Lane {
  readonly orderId: string;
  /** "Redraw order", with a number from the second one on. */
  readonly name: string;
  /** The parent order, if it has a lane. */
  readonly parentId: string | null;
  /** The order is finished. */
  readonly over: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  initial: 'Initial order',
  redraw: 'Redraw order',
  recreation: 'Recreation',
};

/** A lane for each order of the transaction, in order of creation. */
export function lanesOf({ orders, explanation }: Transaction): Lane[] {
  const counts = new Map<string, number>();
  return orders.map((order, index) => {
    const name = NAMES[order.origin ?? ''] ?? 'Order';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const explained = explanation?.orders.find(({ id }) => id === order.id);
    return {
      orderId: order.id,
      name: count === 1 ? name : `${name} ${count}`,
      parentId: parentOf(order, orders.slice(0, index)),
      over: explained !== undefined && explained.class !== 'P',
    };
  });
}

/** The parent that Junction names; else a redraw's parent is the newest order before it that is not a redraw. */
function parentOf(order: TransactionOrder, earlier: readonly TransactionOrder[]): string | null {
  const named = earlier.find(({ id }) => id === order.parent_id);
  if (named) return named.id;
  if (order.origin !== 'redraw') return null;
  return earlier.findLast(({ origin }) => origin !== 'redraw')?.id ?? null;
}

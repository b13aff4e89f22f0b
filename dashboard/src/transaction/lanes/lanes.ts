import type { Transaction, TransactionOrder } from '../../api/answers.ts';

/** The track of one order on the time line. */
export interface Lane {
  readonly orderId: string;
  /** "Redraw order", and a number where there are several of them. */
  readonly name: string;
  /** The order it came from, if that has a track too. */
  readonly parentId: string | null;
  /** Nothing more is expected of the order. */
  readonly over: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  initial: 'Initial order',
  redraw: 'Redraw order',
  recreation: 'Recreation',
};

/** A lane for every order of the transaction, by creation. */
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

/** As Junction names it; else a redraw came from the initial order, or from what was made anew of it. */
function parentOf(order: TransactionOrder, earlier: readonly TransactionOrder[]): string | null {
  const named = earlier.find(({ id }) => id === order.parent_id);
  if (named) return named.id;
  if (order.origin !== 'redraw') return null;
  return earlier.findLast(({ origin }) => origin !== 'redraw')?.id ?? null;
}

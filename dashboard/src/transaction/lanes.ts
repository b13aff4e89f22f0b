import type { Transaction } from '../api/answers.ts';

/** An order of a transaction, by the name that the page gives it. */
export interface Lane {
  readonly orderId: string;
  /** "Redraw order", with a number from the second one on. */
  readonly name: string;
}

const NAMES: Readonly<Record<string, string>> = {
  initial: 'Initial order',
  redraw: 'Redraw order',
  recreation: 'Recreation',
};

/** The names of the orders of a transaction, in order of creation. */
export function lanesOf({ orders }: Pick<Transaction, 'orders'>): Lane[] {
  const counts = new Map<string, number>();
  return orders.map(({ id, origin }) => {
    const name = NAMES[origin ?? ''] ?? 'Order';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { orderId: id, name: count === 1 ? name : `${name} ${count}` };
  });
}

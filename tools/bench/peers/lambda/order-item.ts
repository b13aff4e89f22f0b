import type { Order } from '../junction/order.ts';

/** An order as an item. An order without a transaction is not in the index by transaction. */
export type OrderItem = Omit<Order, 'transaction_id'> & { readonly transaction_id?: string };

export function itemOf({ transaction_id, ...order }: Order): OrderItem {
  return transaction_id === null ? order : { ...order, transaction_id };
}

export function orderOf({ transaction_id, ...item }: OrderItem): Order {
  return { ...item, transaction_id: transaction_id ?? null };
}

import type { Transaction } from '../api/answers.ts';

/** A provisional transaction: Junction hasn't named the order's transaction yet, so the order is under its own ID. */
export function isProvisional({ id, orders }: Transaction): boolean {
  return orders.length === 1 && orders[0]?.id === id;
}

import type { Transaction } from '../api/answers.ts';

/** Whether Junction has not said yet to which transaction an order belongs: it stands under its own id until then. */
export function isProvisional({ id, orders }: Transaction): boolean {
  return orders.length === 1 && orders[0]?.id === id;
}

import type { Pool } from 'pg';
import type { Order } from '../../junction/order.ts';

export const SCHEMA = `
create table if not exists orders (
  id text primary key,
  transaction_id text,
  updated_at timestamptz not null,
  payload jsonb not null
);
create index if not exists orders_by_transaction on orders (transaction_id);
`;

/** Writes the order unless the stored one was updated later. */
export async function upsertOrder(pool: Pool, order: Order): Promise<void> {
  await pool.query({
    name: 'upsert-order',
    text: `
      insert into orders (id, transaction_id, updated_at, payload) values ($1, $2, $3, $4)
      on conflict (id) do update
        set transaction_id = excluded.transaction_id, updated_at = excluded.updated_at, payload = excluded.payload
        where orders.updated_at <= excluded.updated_at`,
    values: [order.id, order.transaction_id, order.updated_at, JSON.stringify(order)],
  });
}

/** The orders of a transaction; all orders without one. */
export async function findOrders(pool: Pool, transactionId?: string): Promise<Order[]> {
  const { rows } = await pool.query<{ payload: Order }>({
    name: transactionId === undefined ? 'all-orders' : 'orders-of-transaction',
    text: `select payload from orders ${transactionId === undefined ? '' : 'where coalesce(transaction_id, id) = $1'}`,
    values: transactionId === undefined ? [] : [transactionId],
  });
  return rows.map(({ payload }) => payload);
}

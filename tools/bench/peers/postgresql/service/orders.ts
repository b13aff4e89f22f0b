import type { Pool } from 'pg';
import { merge, type Order } from '../../junction/order.ts';

export const SCHEMA = `
create table if not exists orders (
  id text primary key,
  transaction_id text,
  payload jsonb not null
);
create index if not exists orders_by_transaction on orders (transaction_id);
`;

/** Merges the order into the stored one, which is locked meanwhile. */
export async function mergeOrder(pool: Pool, order: Order): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // A new row is locked by its insertion, so that nobody else merges into it before the commit.
    const inserted = await client.query({ name: 'insert-order', text: INSERT, values: valuesOf(order) });
    if (inserted.rowCount === 0) {
      const { rows } = await client.query<{ payload: Order }>({
        name: 'lock-order',
        text: 'select payload from orders where id = $1 for update',
        values: [order.id],
      });
      const merged = rows[0] ? merge(rows[0].payload, order) : order;
      await client.query({ name: 'update-order', text: UPDATE, values: valuesOf(merged) });
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const INSERT =
  'insert into orders (id, transaction_id, payload) values ($1, $2, $3) on conflict (id) do nothing';
const UPDATE = 'update orders set transaction_id = $2, payload = $3 where id = $1';

function valuesOf(order: Order): unknown[] {
  return [order.id, order.transaction_id, JSON.stringify(order)];
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

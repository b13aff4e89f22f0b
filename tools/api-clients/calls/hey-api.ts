import { createClient } from '../generated/hey-api/client/index.js';
import {
  acknowledgeRedraw,
  addNote,
  getTransaction,
  listRedraws,
  listTransactions,
  registerOrder,
} from '../generated/hey-api/index.js';
import { type Access, type Called, UNKNOWN_ID } from './called.js';

const detailOf = (error: object | undefined) => (error && 'detail' in error ? String(error.detail) : '');

export async function call({ url, token, readingToken, orderId, transactionId }: Access): Promise<Called> {
  const client = createClient({ baseUrl: url, auth: token });
  const registered = await registerOrder({
    client,
    path: { id: orderId },
    body: { order_transaction_id: transactionId },
    throwOnError: true,
  });
  const transaction = await getTransaction({ client, path: { id: transactionId }, throwOnError: true });
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1, order: 'asc' as const, ...(cursor === undefined ? {} : { cursor }) };
    const { data } = await listTransactions({ client, query, throwOnError: true });
    listed.push(...data.transactions.map(({ id }) => id));
    cursor = data.next_cursor ?? undefined;
  } while (cursor !== undefined);
  const missing = await getTransaction({ client, path: { id: UNKNOWN_ID } });
  const invalid = await listRedraws({ client, query: { limit: 0 } });
  const forbidden = await addNote({
    client: createClient({ baseUrl: url, auth: readingToken }),
    path: { id: transactionId },
    body: { kind: 'note', text: 'Not allowed.' },
  });
  const noRedraw = await acknowledgeRedraw({
    client,
    path: { transaction_id: transactionId },
    body: { by: 'local' },
  });
  return {
    registered: registered.data.order_transaction_id,
    status: transaction.data.status,
    orders: transaction.data.orders.length,
    listed,
    missing: [missing.response?.status ?? 0, detailOf(missing.error)],
    invalid: [invalid.response?.status ?? 0, detailOf(invalid.error)],
    forbidden: forbidden.response?.status ?? 0,
    noRedraw: [noRedraw.response?.status ?? 0, detailOf(noRedraw.error)],
  };
}

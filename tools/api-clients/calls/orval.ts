import {
  acknowledgeRedraw,
  addNote,
  getTransaction,
  listRedraws,
  listTransactions,
  registerOrder,
} from '../generated/orval/api.js';
import { type Access, type Called, UNKNOWN_ID } from './called.js';
import { useAccess } from './orval-fetch.js';

const detailOf = (data: object) => ('detail' in data ? String(data.detail) : '');

export async function call({ url, token, readingToken, orderId, transactionId }: Access): Promise<Called> {
  useAccess(url, token);
  const registered = await registerOrder(orderId, { order_transaction_id: transactionId });
  const transaction = await getTransaction(transactionId);
  if (registered.status !== 200 || transaction.status !== 200) throw new Error('refused');
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTransactions({
      limit: 1,
      order: 'asc',
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.status !== 200) throw new Error('refused');
    listed.push(...page.data.transactions.map(({ id }) => id));
    cursor = page.data.next_cursor ?? undefined;
  } while (cursor !== undefined);
  const missing = await getTransaction(UNKNOWN_ID);
  const invalid = await listRedraws({ limit: 0 });
  const noRedraw = await acknowledgeRedraw(transactionId, { by: 'local' });
  useAccess(url, readingToken);
  const forbidden = await addNote(transactionId, { kind: 'note', text: 'Not allowed.' });
  return {
    registered: registered.data.order_transaction_id,
    status: transaction.data.status,
    orders: transaction.data.orders.length,
    listed,
    missing: [missing.status, detailOf(missing.data)],
    invalid: [invalid.status, detailOf(invalid.data)],
    forbidden: forbidden.status,
    noRedraw: [noRedraw.status, detailOf(noRedraw.data)],
  };
}

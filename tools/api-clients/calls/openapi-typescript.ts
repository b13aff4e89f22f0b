import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi-typescript/api.js';
import { type Access, type Called, UNKNOWN_ID } from './called.js';

const ofToken = (url: string, token: string) =>
  createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });

const detailOf = (error: object | undefined) => (error && 'detail' in error ? String(error.detail) : '');

export async function call({ url, token, readingToken, orderId, transactionId }: Access): Promise<Called> {
  const api = ofToken(url, token);
  const registered = await api.PUT('/v1/orders/{id}', {
    params: { path: { id: orderId } },
    body: { order_transaction_id: transactionId },
  });
  const transaction = await api.GET('/v1/transactions/{id}', { params: { path: { id: transactionId } } });
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1, order: 'asc' as const, ...(cursor === undefined ? {} : { cursor }) };
    const { data } = await api.GET('/v1/transactions', { params: { query } });
    listed.push(...(data?.transactions ?? []).map(({ id }) => id));
    cursor = data?.next_cursor ?? undefined;
  } while (cursor !== undefined);
  const missing = await api.GET('/v1/transactions/{id}', { params: { path: { id: UNKNOWN_ID } } });
  const invalid = await api.GET('/v1/redraws', { params: { query: { limit: 0 } } });
  const forbidden = await ofToken(url, readingToken).POST('/v1/transactions/{id}/notes', {
    params: { path: { id: transactionId } },
    body: { kind: 'note', text: 'Not allowed.' },
  });
  const noRedraw = await api.PUT('/v1/redraws/{transaction_id}/acknowledgement', {
    params: { path: { transaction_id: transactionId } },
    body: { by: 'local' },
  });
  return {
    registered: registered.data?.order_transaction_id ?? null,
    status: transaction.data?.status ?? '',
    orders: transaction.data?.orders.length ?? 0,
    listed,
    missing: [missing.response.status, detailOf(missing.error)],
    invalid: [invalid.response.status, detailOf(invalid.error)],
    forbidden: forbidden.response.status,
    noRedraw: [noRedraw.response.status, detailOf(noRedraw.error)],
  };
}

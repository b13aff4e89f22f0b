import { queryOptions } from '@tanstack/react-query';
import type { Order, QuarantineList, Summary, Transaction, TransactionList } from './answers.ts';
import type { Api } from './api.ts';

/** Every question the pages ask, each under the key that what was answered is kept by. */

const PAGE = '100';
/** So many open redraws are read at most; whoever has more of them works from the most overdue ones. */
export const MOST_REDRAWS = 1_000;

export interface Redraws {
  readonly transactions: readonly Transaction[];
  /** There are more than were read. */
  readonly more: boolean;
}

/** Open redraws, most overdue first. */
export function redrawsQuestion(api: Api) {
  return queryOptions({
    queryKey: ['redraws'],
    queryFn: async ({ signal }): Promise<Redraws> => {
      const transactions: Transaction[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: PAGE, cursor };
        const page = await api.json<TransactionList>('/v1/redraws', { query, signal });
        transactions.push(...page.transactions);
        cursor = page.next_cursor ?? undefined;
      } while (cursor && transactions.length < MOST_REDRAWS);
      return { transactions, more: cursor !== undefined };
    },
  });
}

export function transactionQuestion(api: Api, id: string) {
  return queryOptions({
    queryKey: ['transaction', id],
    queryFn: ({ signal }) =>
      api.json<Transaction>(`/v1/transactions/${encodeURIComponent(id)}`, {
        query: { explain: 'true' },
        signal,
      }),
  });
}

export function orderQuestion(api: Api, id: string) {
  return queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) => api.json<Order>(`/v1/orders/${encodeURIComponent(id)}`, { signal }),
  });
}

export function summaryQuestion(api: Api) {
  return queryOptions({
    queryKey: ['summary'],
    queryFn: ({ signal }) => api.json<Summary>('/v1/summary', { signal }),
  });
}

export function quarantineQuestion(api: Api, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['quarantine', cursor ?? null],
    queryFn: ({ signal }) =>
      api.json<QuarantineList>('/v1/quarantine', { query: { limit: '50', cursor }, signal }),
  });
}

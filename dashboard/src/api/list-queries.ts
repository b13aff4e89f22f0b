import { queryOptions } from '@tanstack/react-query';
import type { ListOrder, TransactionSortKey } from '../../../core/domain/list-order.ts';
import type { QuarantineState } from '../../../core/domain/quarantine.ts';
import type {
  CriticalResult,
  CriticalResultList,
  Outcome,
  QuarantineList,
  TransactionList,
  TransactionStatus,
} from './answers.ts';
import type { Api } from './api-client.ts';
import { type FetchPage, fetchAll, filledPage } from './list-pages.ts';

/** The queries of the lists that people read page by page, each with its cache key. */

/** Filters of a transaction list; an absent one matches all. */
export interface TransactionFilter {
  readonly status?: TransactionStatus | undefined;
  readonly outcomes?: readonly Outcome[] | undefined;
  /** With an order for which a redraw became available. */
  readonly redraw?: 'available' | undefined;
  /** With results, partial or final. */
  readonly results?: 'reported' | undefined;
  /** Junction's user ID. */
  readonly user?: string | undefined;
  /** The ID of a team, of several. */
  readonly team?: string | undefined;
  /** A part of the name of a lab test. */
  readonly test?: string | undefined;
  readonly lab?: string | undefined;
  readonly modality?: string | undefined;
  /** The day by which the lab expects the result at the latest, `2026-03-20`. */
  readonly expectedBy?: string | undefined;
  /** Not supported with `user`: those lists are sorted by creation. */
  readonly sort?: TransactionSortKey | undefined;
  readonly order?: ListOrder | undefined;
}

/** Fetches pages of the list that a filter selects. */
export function fetchTransactions(api: Api, filter: TransactionFilter, signal: AbortSignal): FetchPage {
  const { outcomes, user, team, expectedBy, sort, ...fields } = filter;
  const path = user ? `/v1/users/${encodeURIComponent(user)}/transactions` : '/v1/transactions';
  const query = {
    ...fields,
    team_id: team,
    outcome: outcomes?.join(','),
    expected_by: expectedBy,
    sort: user ? undefined : sort,
  };
  return (limit, cursor) =>
    api.json<TransactionList>(path, {
      query: { ...query, limit: String(limit), cursor },
      signal,
    });
}

/** A page of transactions. The cache key starts with the list and its filter. */
export function transactionsQuery(
  api: Api,
  filter: TransactionFilter,
  cursor: string | undefined,
  rows: number,
) {
  return queryOptions({
    queryKey: ['transactions', JSON.stringify(filter), rows, cursor ?? null],
    queryFn: ({ signal }) => filledPage(fetchTransactions(api, filter, signal), rows, cursor),
  });
}

/** The clinical inbox reads at most this many, the newest reports. */
const MAX_REPORTED = 500;

/** The transactions with results, the newest report first: those that nobody has reviewed, or all of them. */
export function reportedQuery(api: Api, all: boolean) {
  return queryOptions({
    queryKey: ['reported', all],
    queryFn: ({ signal }) =>
      fetchAll(
        async (limit, cursor) => {
          const fields = { results: 'reported', reviewed: all ? undefined : 'false', sort: 'results_at' };
          const query = { ...fields, limit: String(limit), cursor };
          const page = await api.json<TransactionList>('/v1/transactions', { query, signal });
          return { items: page.transactions, next_cursor: page.next_cursor };
        },
        (transaction) => transaction,
        MAX_REPORTED,
      ),
  });
}

/** The first orders with a critical result: longest open, or acknowledged last. */
export function criticalResultsQuery(api: Api, state: CriticalResult['state'], rows: number) {
  return queryOptions({
    queryKey: ['critical-results', state, rows],
    queryFn: ({ signal }) =>
      api.json<CriticalResultList>('/v1/critical-results', { query: { state, limit: String(rows) }, signal }),
  });
}

/** Which quarantined webhooks, by the time at which they were received. */
export interface QuarantineView {
  readonly state: QuarantineState;
  readonly order: ListOrder;
}

export function quarantineQuery(api: Api, { state, order }: QuarantineView, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['quarantine', state, order, cursor ?? null],
    queryFn: ({ signal }) =>
      api.json<QuarantineList>('/v1/quarantine', { query: { state, order, limit: '50', cursor }, signal }),
  });
}

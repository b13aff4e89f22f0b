import { queryOptions } from '@tanstack/react-query';
import type {
  AlarmList,
  Insights,
  JunctionNotices,
  MatchReviewList,
  MessageSettings,
  Note,
  NoteList,
  Order,
  PatientMessageList,
  PersonList,
  SearchAnswer,
  StalledOrderList,
  Summary,
  SummaryHistory,
  Transaction,
  TransactionList,
} from './answers.ts';
import type { Api } from './api-client.ts';

/** The queries of all pages, each with its cache key. Queries of paged lists are in list-queries.ts. */

const PAGE = '100';
/** The worklist reads at most this many open redraws, the most overdue ones. */
const MAX_REDRAWS = 1_000;

export interface Redraws {
  readonly transactions: readonly Transaction[];
  /** There are more than were read. */
  readonly more: boolean;
  /** The rest is being read. */
  readonly loading: boolean;
}

/** Open redraws, most overdue first. The first time, they show page by page as they arrive. */
export function redrawsQuery(api: Api) {
  return queryOptions({
    queryKey: ['redraws'],
    queryFn: async ({ signal, client, queryKey }): Promise<Redraws> => {
      const transactions: Transaction[] = [];
      let cursor: string | undefined;
      do {
        // The page hides those with a later follow-up and shows their number.
        const query = { limit: PAGE, cursor, follow_up: 'any' };
        const page = await api.json<TransactionList>('/v1/redraws', { query, signal });
        transactions.push(...page.transactions);
        cursor = page.next_cursor ?? undefined;
        const known = client.getQueryData<Redraws>(queryKey);
        const isFirst = !known || (known.loading && known.transactions.length < transactions.length);
        if (cursor && isFirst)
          client.setQueryData<Redraws>(queryKey, {
            transactions: [...transactions],
            more: false,
            loading: true,
          });
      } while (cursor && transactions.length < MAX_REDRAWS);
      return { transactions, more: cursor !== undefined, loading: false };
    },
  });
}

/** All entries of a list that people work through, up to a limit. */
async function allOf<Page extends { readonly next_cursor: string | null }, Item>(
  ask: (cursor: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...itemsOf(page));
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && items.length < MAX_REDRAWS);
  return items;
}

/** What waits for a decision, longest waiting first. */
export function decisionsQuery(api: Api) {
  const query = { state: 'decision', limit: PAGE, follow_up: 'any' };
  return queryOptions({
    queryKey: ['decisions'],
    queryFn: ({ signal }) =>
      allOf(
        (cursor) => api.json<TransactionList>('/v1/redraws', { query: { ...query, cursor }, signal }),
        ({ transactions }) => transactions,
      ),
  });
}

/** The stalled orders, most overdue first. */
export function stalledOrdersQuery(api: Api) {
  const query = { state: 'stalled', limit: PAGE, follow_up: 'any' };
  return queryOptions({
    queryKey: ['stalled-orders'],
    queryFn: ({ signal }) =>
      allOf(
        (cursor) => api.json<StalledOrderList>('/v1/orders', { query: { ...query, cursor }, signal }),
        ({ orders }) => orders,
      ),
  });
}

/** The open match reviews, longest waiting first. */
export function matchReviewsQuery(api: Api) {
  const query = { state: 'open', limit: PAGE };
  return queryOptions({
    queryKey: ['match-reviews'],
    queryFn: ({ signal }) =>
      allOf(
        (cursor) => api.json<MatchReviewList>('/v1/match-reviews', { query: { ...query, cursor }, signal }),
        ({ match_reviews }) => match_reviews,
      ),
  });
}

/** Transactions that match an ID: of a transaction, an order, a user or a client user. */
export function searchQuery(api: Api, searchedId: string) {
  return queryOptions({
    queryKey: ['search', searchedId],
    queryFn: ({ signal }) => api.json<SearchAnswer>('/v1/search', { query: { q: searchedId }, signal }),
  });
}

export function transactionQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['transaction', id],
    queryFn: ({ signal }) =>
      api.json<Transaction>(`/v1/transactions/${encodeURIComponent(id)}`, {
        query: { explain: 'true' },
        signal,
      }),
  });
}

export function orderQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) => api.json<Order>(`/v1/orders/${encodeURIComponent(id)}`, { signal }),
  });
}

/** A history longer than this many pages is cut. */
const MAX_NOTE_PAGES = 5;

/** What people did about a transaction: notes, contacts, and what they changed, newest first. */
export function notesQuery(api: Api, transactionId: string) {
  return queryOptions({
    queryKey: ['notes', transactionId],
    queryFn: async ({ signal }): Promise<readonly Note[]> => {
      const path = notesPath(transactionId);
      const notes: Note[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_NOTE_PAGES; page += 1) {
        const read = await api.json<NoteList>(path, { query: { limit: PAGE, cursor }, signal });
        notes.push(...read.notes);
        if (read.next_cursor === null) break;
        cursor = read.next_cursor;
      }
      return notes;
    },
  });
}

export function notesPath(transactionId: string): string {
  return `/v1/transactions/${encodeURIComponent(transactionId)}/notes`;
}

/** The messages to the patient about a transaction, oldest first. */
export function messagesQuery(api: Api, transactionId: string) {
  return queryOptions({
    queryKey: ['messages', transactionId],
    queryFn: ({ signal }) =>
      api.json<PatientMessageList>(`/v1/transactions/${encodeURIComponent(transactionId)}/messages`, {
        signal,
      }),
  });
}

export function messageSettingsQuery(api: Api, userId: string) {
  return queryOptions({
    queryKey: ['message-settings', userId],
    queryFn: ({ signal }) => api.json<MessageSettings>(messageSettingsPath(userId), { signal }),
  });
}

export function messageSettingsPath(userId: string): string {
  return `/v1/users/${encodeURIComponent(userId)}/message-settings`;
}

export function summaryQuery(api: Api) {
  return queryOptions({
    queryKey: ['summary'],
    queryFn: ({ signal }) => api.json<Summary>('/v1/summary', { signal }),
  });
}

/** CloudWatch's metrics are at least a minute old. */
const HISTORY_REFRESH_MS = 60_000;

export function historyQuery(api: Api, days: string) {
  return queryOptions({
    queryKey: ['history', days],
    refetchInterval: HISTORY_REFRESH_MS,
    queryFn: ({ signal }) => api.json<SummaryHistory>('/v1/summary/history', { query: { days }, signal }),
  });
}

export function alarmsQuery(api: Api) {
  return queryOptions({
    queryKey: ['alarms'],
    refetchInterval: HISTORY_REFRESH_MS,
    queryFn: ({ signal }) => api.json<AlarmList>('/v1/alarms', { signal }),
  });
}

export function junctionNoticesQuery(api: Api) {
  return queryOptions({
    queryKey: ['junction-notices'],
    refetchInterval: HISTORY_REFRESH_MS,
    queryFn: ({ signal }) => api.json<JunctionNotices>('/v1/junction/notices', { signal }),
  });
}

/** The figures of a period, and of the one before it. */
export function insightsQuery(api: Api, query: Readonly<{ from: string; to: string; by: string }>) {
  return queryOptions({
    queryKey: ['insights', query.from, query.to, query.by],
    refetchInterval: HISTORY_REFRESH_MS,
    queryFn: ({ signal }) => api.json<Insights>('/v1/insights', { query: { ...query }, signal }),
  });
}

/** The API reads the people of the user pool at most this often (ms). */
const PEOPLE_STALE_MS = 5 * 60_000;

/** The people who can sign in. A deployment whose sign-in cannot list them answers with an error. */
export function peopleQuery(api: Api) {
  return queryOptions({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.json<PersonList>('/v1/people', { signal }),
    retry: false,
    staleTime: PEOPLE_STALE_MS,
    refetchInterval: false,
  });
}

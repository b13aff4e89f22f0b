import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/api-context.tsx';
import { criticalResultsQuery } from '../api/list-queries.ts';
import { decisionsQuery, matchReviewsQuery, redrawsQuery, stalledOrdersQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { useNextStepTexts, useTeamNames } from '../session/configuration-context.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import { type WorkRow, workRows } from './rows.ts';

/** The lists that make the worklist. */
export function useLists() {
  const api = useApi();
  const redraws = useQueryWithLastError(redrawsQuery(api));
  const decisions = useQueryWithLastError(decisionsQuery(api));
  const orders = useQueryWithLastError(stalledOrdersQuery(api));
  const reviews = useQueryWithLastError(matchReviewsQuery(api));
  const may = useHasScope('results/read');
  const critical = useQuery({ ...criticalResultsQuery(api, 'open', 100), enabled: may });
  const now = useNow();
  const texts = useNextStepTexts();
  const teams = useTeamNames();
  const rows = useMemo((): readonly WorkRow[] | undefined => {
    if (!redraws.data) return undefined;
    const lists = {
      redraws: redraws.data.transactions,
      decisions: decisions.data ?? [],
      orders: orders.data ?? [],
      critical: critical.data?.critical_results ?? [],
      reviews: reviews.data ?? [],
    };
    return workRows(lists, now, texts, teams);
  }, [redraws.data, decisions.data, orders.data, critical.data, reviews.data, now, texts, teams]);
  const all = [redraws, decisions, orders, reviews, ...(may ? [critical] : [])];
  return {
    /** Undefined until the redraws are there. */
    rows,
    queries: all,
    /** The first error of a list that is not there at all. */
    error: all.find(({ error, data }) => error && data === undefined)?.error ?? null,
    /** More redraws are being read. */
    loading: redraws.data?.loading ?? false,
    /** There are more open redraws than the worklist reads. */
    more: redraws.data?.more ?? false,
    refresh: () => {
      for (const { refetch } of all) void refetch();
    },
  };
}

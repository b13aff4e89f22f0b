import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/api-context.tsx';
import { criticalResultsQuery, reportedQuery } from '../api/list-queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { useTeamNames } from '../session/configuration-context.tsx';
import { type InboxRow, inboxRows } from './rows.ts';

/** The results that nobody has reviewed, or all of them, with the open critical results. */
export function useInbox(all: boolean) {
  const api = useApi();
  const teams = useTeamNames();
  const reported = useQueryWithLastError(reportedQuery(api, all));
  const critical = useQueryWithLastError(criticalResultsQuery(api, 'open', 100));
  // One that was acknowledged shows that Junction sends them.
  const acknowledged = useQuery(criticalResultsQuery(api, 'acknowledged', 1));
  const rows = useMemo((): readonly InboxRow[] | undefined => {
    const open = critical.data?.critical_results ?? [];
    // A critical result does not wait for the rest.
    return reported.data || open.length > 0 ? inboxRows(reported.data?.rows ?? [], open, teams) : undefined;
  }, [reported.data, critical.data, teams]);
  const queries = [reported, critical];
  return {
    rows,
    queries,
    loading: !reported.data,
    /** There are more than were read. */
    more: reported.data?.cut ?? false,
    /** The first error of a list that is not there at all. */
    error: queries.find(({ error, data }) => error && data === undefined)?.error ?? null,
    criticalArrived: (acknowledged.data?.critical_results.length ?? 0) > 0,
    refresh: () => {
      for (const { refetch } of queries) void refetch();
    },
  };
}

import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/api-client.ts';
import { readLabReport } from './lab-report.ts';

/**
 * The results at a path of the API. Each request calls Junction, so results are fetched once when they are
 * opened and dropped when they are closed.
 */
export function resultsQuery(api: Api, path: string) {
  return queryOptions({
    queryKey: ['results', path],
    queryFn: async ({ signal }) => readLabReport(await api.json<unknown>(path, { signal })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
    retry: false,
  });
}

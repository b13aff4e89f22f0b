import { type DefaultError, hashKey, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useQueryWithLastError } from './use-query-with-last-error.ts';

/**
 * A page of a list, whose cursor is the last part of the query's key. The current page stays while another page of the
 * same list loads, but not while another list loads: its rows may have other columns.
 */
export function usePageQuery<Page, Key extends QueryKey>(
  options: UseQueryOptions<Page, DefaultError, Page, Key>,
) {
  const list = listOf(options.queryKey);
  return useQueryWithLastError<Page, Page, Key>({
    ...options,
    placeholderData: (page, query) => (query && listOf(query.queryKey) === list ? page : undefined),
  });
}

function listOf(key: QueryKey): string {
  return hashKey(key.slice(0, -1));
}

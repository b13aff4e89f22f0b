import {
  type DefaultError,
  hashKey,
  type QueryKey,
  type UseQueryOptions,
  useQuery,
} from '@tanstack/react-query';
import { useState } from 'react';

/**
 * Like `useQuery`, but keeps the last error while a query without data is refetched. `useQuery` resets the error on
 * each attempt, and the page would flicker between the error and "loading".
 */
export function useQueryWithLastError<Data, Selected, Key extends QueryKey>(
  options: UseQueryOptions<Data, DefaultError, Selected, Key>,
) {
  const query = useQuery(options);
  const key = hashKey(options.queryKey);
  const [lastError, setLastError] = useState<{ key: string; error: Error } | null>(null);
  const known = lastError?.key === key ? lastError.error : null;
  if (query.error && query.error !== known) setLastError({ key, error: query.error });
  if (query.data !== undefined && !query.error && known) setLastError(null);
  return { ...query, error: query.error ?? (query.data === undefined ? known : null) };
}

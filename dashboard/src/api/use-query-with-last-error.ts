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
export function useQueryWithLastError<Told, Answer, Key extends QueryKey>(
  question: UseQueryOptions<Told, DefaultError, Answer, Key>,
) {
  const query = useQuery(question);
  const asked = hashKey(question.queryKey);
  const [standing, setStanding] = useState<{ asked: string; error: Error } | null>(null);
  const known = standing?.asked === asked ? standing.error : null;
  if (query.error && query.error !== known) setStanding({ asked, error: query.error });
  if (query.data !== undefined && !query.error && known) setStanding(null);
  return { ...query, error: query.error ?? (query.data === undefined ? known : null) };
}

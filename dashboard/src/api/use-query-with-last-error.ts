import {
  type DefaultError,
  hashKey,
  type QueryKey,
  type UseQueryOptions,
  useQuery,
} from '@tanstack/react-query';
import { useState } from 'react';

/**
 * Asks as `useQuery` does. While what was never had is asked for again, it goes on saying why: `useQuery` would take the
 * reason back at every attempt, and the page would flicker between it and "loading".
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

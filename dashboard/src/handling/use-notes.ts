import { useQuery } from '@tanstack/react-query';
import type { Note, Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { notesQuery } from '../api/queries.ts';

const NONE: readonly Note[] = [];

/** What people did about a transaction, newest first. */
export function useNotes({ id }: Pick<Transaction, 'id'>): {
  readonly notes: readonly Note[];
  readonly error: Error | null;
} {
  const { data, error } = useQuery(notesQuery(useApi(), id));
  return { notes: data ?? NONE, error: data ? null : error };
}

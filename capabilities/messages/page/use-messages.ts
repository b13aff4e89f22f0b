import { useQuery } from '@tanstack/react-query';
import type { PatientMessage, Transaction } from '../../../dashboard/src/api/answers.ts';
import { useApi } from '../../../dashboard/src/api/api-context.tsx';
import { messagesQuery } from '../../../dashboard/src/api/queries.ts';
import { useHasMessages } from '../../../dashboard/src/session/configuration-context.tsx';
import { useHasScope } from '../../../dashboard/src/session/session-context.tsx';

const NONE: readonly PatientMessage[] = [];

/** Whether the page shows messages to patients: they are switched on, and the user may see them. */
export function useSeesMessages(): boolean {
  const may = useHasScope('messages/read');
  return useHasMessages() && may;
}

/** The messages to the patient of a transaction; none where the page does not show them. */
export function useMessages({ id }: Transaction): {
  readonly messages: readonly PatientMessage[];
  readonly error: Error | null;
} {
  const { data, error } = useQuery({ ...messagesQuery(useApi(), id), enabled: useSeesMessages() });
  return { messages: data?.messages ?? NONE, error: data ? null : error };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Note, Transaction } from '../api/answers.ts';
import type { Call } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { notesPath } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';

/** A note or a contact to append. */
export interface GivenNote {
  readonly kind: Note['kind'];
  readonly text: string | null;
  /** The same for each attempt to save the same note. */
  readonly key: string;
}

/** Appends a note in the name of the signed-in user. `onAdded` runs only if it was added. */
export function useAddNote(transactionId: string, onAdded: () => void) {
  const { name: by } = usePerson();
  const call = ({ key, ...note }: GivenNote): Call => ({
    method: 'POST',
    body: { ...note, by },
    idempotencyKey: key,
  });
  return useChange<GivenNote, Note>(notesPath(transactionId), call, onAdded);
}

/** The owner to set; null to remove the owner. */
export interface GivenAssignment {
  readonly assignee: string | null;
  /** RFC 3339; null for no follow-up. */
  readonly followUpAt: string | null;
}

/** Sets or removes the owner in the name of the signed-in user. */
export function useAssign(transactionId: string, onAssigned: () => void) {
  const { name: by } = usePerson();
  const call = ({ assignee, followUpAt }: GivenAssignment): Call =>
    assignee === null
      ? { method: 'DELETE', query: { by } }
      : { method: 'PUT', body: { assignee, follow_up_at: followUpAt, by } };
  const path = `/v1/transactions/${encodeURIComponent(transactionId)}/assignment`;
  return useChange<GivenAssignment, Transaction>(path, call, onAssigned);
}

/** A change whose dialog stays open until it is made, and shows why if it is not. */
function useChange<Given, Answer>(path: string, call: (given: Given) => Call, onDone: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    // Fails at once when offline: later, it may no longer be what the user wants.
    networkMode: 'always',
    mutationFn: (given: Given) => api.json<Answer>(path, call(given)),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(),
  });
  return { change: (given: Given) => mutate(given), isPending, error };
}

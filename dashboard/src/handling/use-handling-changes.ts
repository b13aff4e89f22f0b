import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Note, Transaction } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { notesPath } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';
import { Reassigned, unlessReassigned } from './assignment-conflict.ts';

/** A note or a contact to append. */
export interface NoteInput {
  readonly kind: Note['kind'];
  readonly text: string | null;
  /** The same for each attempt to save the same note. */
  readonly key: string;
}

/** Appends a note in the name of the signed-in user. `onAdded` runs only if it was added. */
export function useAddNote(transactionId: string, onAdded: () => void) {
  const { name: by } = usePerson();
  const add = (api: Api, { key, ...note }: NoteInput) =>
    api.json<Note>(notesPath(transactionId), { method: 'POST', body: { ...note, by }, idempotencyKey: key });
  return useChange(add, onAdded);
}

/** The owner to set; null to remove the owner. */
export interface AssignmentInput {
  readonly assignee: string | null;
  /** RFC 3339; null for no follow-up. */
  readonly followUpAt: string | null;
}

/**
 * Sets or removes the owner in the name of the signed-in user. Replaces the assignment that the user has seen only: the error is
 * Reassigned if there is another one. `seen` is that one from then on, so that the next attempt replaces it on purpose.
 */
export function useAssign(
  { id, assignment }: Pick<Transaction, 'id' | 'assignment'>,
  onAssigned: () => void,
) {
  const { name: by } = usePerson();
  const [seen, setSeen] = useState(assignment);
  const path = `/v1/transactions/${encodeURIComponent(id)}/assignment`;
  const assign = (api: Api, { assignee, followUpAt: follow_up_at }: AssignmentInput) =>
    unlessReassigned(api, id, seen, () =>
      assignee === null
        ? api.json<Transaction>(path, { method: 'DELETE', query: { by, replaces: seen?.at } })
        : api.json<Transaction>(path, {
            method: 'PUT',
            body: { assignee, follow_up_at, by, replaces: seen?.at ?? null },
          }),
    );
  const change = useChange(assign, onAssigned, (error) => {
    if (error instanceof Reassigned) setSeen(error.current);
  });
  return { ...change, seen };
}

/** A change whose dialog stays open until it succeeds, and shows why it failed. */
function useChange<Given, Answer>(
  make: (api: Api, given: Given) => Promise<Answer>,
  onDone: () => void,
  onFailed: (error: Error) => void = () => undefined,
) {
  const api = useApi();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: Given) => make(api, given),
    onSuccess: onDone,
    onError: onFailed,
    onSettled: () => client.invalidateQueries(),
  });
  return { change: (given: Given) => mutate(given), isPending, error };
}

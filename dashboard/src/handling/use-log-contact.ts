import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify } from '../alerts/notifications.tsx';
import type { Note, Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { cacheAnswers } from '../api/cached-answers.ts';
import { notesPath } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';
import { byText } from '../wording/caller.ts';
import { noteTitle } from '../wording/handling.ts';
import { Reassigned } from './assignment-conflict.ts';
import { assign, type Handling, type Owned, undoing } from './assignments.ts';

/** The API's limit (characters). */
export const MAX_TEXT_LENGTH = 2_000;

export interface Logged extends Handling {
  readonly kind: Note['kind'];
  readonly text: string | null;
}

interface Saved {
  readonly note: Note;
  /** The transaction, if its owner or its follow-up changed. */
  readonly changed: Transaction | null;
  readonly before: Owned['assignment'];
}

/**
 * Appends a contact or a note, and sets the owner and the follow-up with it. A repeated attempt appends it once: only what failed
 * is done again. `changed` says who changed the owner or the follow-up since the form was opened; saving replaces that.
 */
export function useLogContact({ id, assignment }: Owned) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const [opened] = useState(assignment);
  const [conflict, setConflict] = useState<Reassigned | null>(null);
  const seen = conflict ? conflict.current : assignment;
  const keyFor = useRepeatKey();
  const undo = async ({ note, changed, before }: Saved) => {
    // No entry is deleted: another one takes it back.
    const body = { kind: 'withdrawn', withdraws: note.id, by };
    await api.json<Note>(notesPath(id), { method: 'POST', body });
    if (changed) await cacheAnswers(client, [await assign(api, by, changed, undoing(before))]);
  };
  const withdrawal = useMutation({
    mutationFn: undo,
    onSuccess: () => notify({ type: 'success', header: 'Undone' }),
    onError: (error) => notify({ type: 'error', header: 'Not undone', text: error.message }),
    onSettled: () => void client.invalidateQueries(),
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ kind, text, ...handling }: Logged) => {
      const body = { kind, text, by };
      const idempotencyKey = keyFor(JSON.stringify(body));
      const note = await api.json<Note>(notesPath(id), { method: 'POST', body, idempotencyKey });
      const sets = handling.assignee !== undefined || handling.followUpAt !== undefined;
      const nothing =
        handling.followUpAt === null && seen?.follow_up_at == null && handling.assignee === undefined;
      const changed = sets && !nothing ? await assign(api, by, { id, assignment: seen }, handling) : null;
      return { note, changed, before: seen };
    },
    onSuccess: async (saved) => {
      const { note, changed } = saved;
      await cacheAnswers(client, changed ? [changed] : []);
      notify({
        type: 'success',
        header: `${noteTitle(note)}: saved`,
        action: { text: 'Undo', run: () => withdrawal.mutate(saved) },
      });
    },
    onError: (failed) => setConflict(failed instanceof Reassigned ? failed : null),
    onSettled: () => void client.invalidateQueries(),
  });
  return {
    save: (logged: Logged, onSaved: () => void) => mutate(logged, { onSuccess: onSaved }),
    isPending,
    error,
    changed: changeText(opened, assignment),
  };
}

function changeText(opened: Owned['assignment'], now: Owned['assignment']): string | null {
  if (opened?.at === now?.at) return null;
  return now ? `${byText(now)} assigned it to ${now.assignee}.` : 'The owner was removed.';
}

/** A key for each content, so that a note that was saved without an answer is not saved twice. */
function useRepeatKey(): (content: string) => string {
  const known = useRef({ content: '', key: '' });
  return (content) => {
    if (known.current.content !== content) known.current = { content, key: crypto.randomUUID() };
    return known.current.key;
  };
}

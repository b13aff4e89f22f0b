import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { changeErrorText } from '../alerts/change-error.ts';
import { ChangedMeanwhile } from '../alerts/changed-meanwhile.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { Note } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { cacheAnswers } from '../api/cached-answers.ts';
import { notesPath } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';
import { noteTitle } from '../wording/handling.ts';
import { assign, type Handling, type Logged, type Owned, undoLogged } from './assignments.ts';
import { assignedText } from './changed-since.ts';

/** The API's limit (characters). */
export const MAX_TEXT_LENGTH = 2_000;

export interface Entered extends Handling {
  readonly kind: Note['kind'];
  readonly text: string | null;
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
  const [conflict, setConflict] = useState<ChangedMeanwhile | null>(null);
  const seen = conflict ? conflict.current.assignment : assignment;
  const keyFor = useRepeatKey();
  const withdrawal = useMutation({
    mutationFn: (saved: Logged) => undoLogged(api, by, id, saved),
    onSuccess: async (undone) => {
      await cacheAnswers(client, undone ? [undone] : []);
      notify({ type: 'success', header: 'Undone' });
    },
    onError: (error) => notify({ type: 'error', header: 'Not undone', text: changeErrorText(error) }),
    onSettled: () => void client.invalidateQueries(),
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ kind, text, ...handling }: Entered) => {
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
    onError: (failed) => setConflict(failed instanceof ChangedMeanwhile ? failed : null),
    onSettled: () => void client.invalidateQueries(),
  });
  return {
    save: (entered: Entered, onSaved: () => void) => mutate(entered, { onSuccess: onSaved }),
    isPending,
    error,
    changed:
      opened?.at === assignment?.at ? null : assignedText(assignment ?? null, opened ?? null, Date.now()),
  };
}

/** A key for each content, so that a note that was saved without an answer is not saved twice. */
function useRepeatKey(): (content: string) => string {
  const known = useRef({ content: '', key: '' });
  return (content) => {
    if (known.current.content !== content) known.current = { content, key: crypto.randomUUID() };
    return known.current.key;
  };
}

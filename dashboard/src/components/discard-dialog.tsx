import Box from '@cloudscape-design/components/box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from '../alerts/notifications.tsx';
import type { Discarded } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { keepFocusIn } from '../screen/keep-focus.ts';
import { usePerson } from '../session/session-context.tsx';
import { useDraft } from '../session/use-draft.ts';
import { discardErrorText } from './discard-error.ts';
import { NoteFieldDialog } from './note-field-dialog.tsx';

const KINDS = {
  transactions: { title: 'Discard transaction', done: 'Transaction discarded' },
  'match-reviews': { title: 'Discard match review', done: 'Match review discarded' },
} as const;

interface Discardable {
  readonly of: keyof typeof KINDS;
  readonly id: string;
}

/** Takes off every list what Junction doesn't know. */
export function DiscardDialog({ of, id, onDismiss }: Discardable & { readonly onDismiss: () => void }) {
  const [text, setText] = useDraft(`discard:${of}:${id}`);
  const close = () => {
    setText('');
    onDismiss();
  };
  const { mutate, isPending, error } = useDiscard({ of, id }, close);
  return (
    <NoteFieldDialog
      header={KINDS[of].title}
      action="Discard"
      asks="Why it doesn’t exist"
      text={text}
      onChange={setText}
      pending={isPending}
      error={error}
      errorTitles={['Not discarded', 'Couldn’t confirm that it was discarded']}
      errorText={discardErrorText}
      onSave={mutate}
      onDismiss={close}
    >
      <Box variant="p">
        For what Junction doesn’t know, such as an example. We ask Junction first. It leaves every list and
        count, and comes back when Junction speaks of it again.
      </Box>
    </NoteFieldDialog>
  );
}

/** Discards in the name of the signed-in user. `onDone` runs only if it was discarded. */
function useDiscard({ of, id }: Discardable, onDone: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  return useMutation({
    mutationFn: (note: string) =>
      api.json<Discarded>(`/v1/${of}/${encodeURIComponent(id)}/discard`, {
        method: 'POST',
        body: { note, by },
      }),
    onSuccess: () => {
      onDone();
      notify({ type: 'success', header: KINDS[of].done });
    },
    onSettled: async () => {
      await client.invalidateQueries();
      // What was discarded is gone, and the button that opened the dialog with it.
      keepFocusIn(null);
    },
  });
}

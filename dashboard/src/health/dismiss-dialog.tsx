import Box from '@cloudscape-design/components/box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from '../alerts/notifications.tsx';
import type { Quarantined } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { NoteFieldDialog } from '../components/note-field-dialog.tsx';
import { keepFocusIn } from '../screen/keep-focus.ts';
import { usePerson } from '../session/session-context.tsx';
import { useDraft } from '../session/use-draft.ts';
import { dismissalErrorText } from './change-text.ts';

interface DismissDialogProps {
  readonly item: Quarantined;
  readonly onDismiss: () => void;
}

/** Takes a webhook off the waiting list, with a note. What was typed stays until it is saved or the user cancels. */
export function DismissDialog({ item: { id, reason }, onDismiss }: DismissDialogProps) {
  const [text, setText] = useDraft(`dismissal:${id}`);
  const close = () => {
    setText('');
    onDismiss();
  };
  const { mutate, isPending, error } = useDismissal(id, close);
  return (
    <NoteFieldDialog
      header="Dismiss webhook"
      action="Dismiss"
      asks="Why it isn’t needed"
      text={text}
      onChange={setText}
      pending={isPending}
      error={error}
      errorTitles={['Not dismissed', 'Couldn’t confirm the dismissal']}
      errorText={dismissalErrorText}
      onSave={mutate}
      onDismiss={close}
    >
      <Box variant="p">
        For a webhook that nobody needs, such as a manual test. It leaves the waiting list and no longer keeps
        the alarm on. It can still be replayed until it is deleted.
      </Box>
      <Box variant="p">
        Why we couldn’t parse it: <b>{reason}</b>
      </Box>
    </NoteFieldDialog>
  );
}

/** Dismisses in the name of the signed-in user. `onDone` runs only if it was dismissed. */
function useDismissal(id: string, onDone: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  return useMutation({
    mutationFn: (note: string) =>
      api.json<Quarantined>(`/v1/quarantine/${id}/dismissal`, { method: 'PUT', body: { note, by } }),
    onSuccess: () => {
      onDone();
      notify({ type: 'success', header: 'Webhook dismissed' });
    },
    onSettled: async () => {
      await client.invalidateQueries();
      // The row has left the list, and the button that opened the dialog with it.
      keepFocusIn(null);
    },
  });
}

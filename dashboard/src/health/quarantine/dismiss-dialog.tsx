import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../../alerts/change-error.ts';
import { useNotify } from '../../alerts/notifications.tsx';
import type { Quarantined } from '../../api/answers.ts';
import { useApi } from '../../api/api-context.tsx';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../../handling/use-patient-data-check.tsx';
import { usePerson } from '../../session/session-context.tsx';
import { useDraft } from '../../session/use-draft.ts';
import { keepFocusIn } from '../../shell/keep-focus.ts';
import { dismissalErrorText } from './change-text.ts';

/** The API's limit (characters). */
const MAX_LENGTH = 1_000;

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
  const note = text.trim();
  const over = note.length - MAX_LENGTH;
  const check = usePatientDataCheck(note);
  return (
    <ConfirmationDialog
      header="Dismiss webhook"
      action={check.asked ? 'Dismiss anyway' : 'Dismiss'}
      disabled={note === '' || over > 0}
      {...(note === '' && { disabledReason: 'Write why it isn’t needed first.' })}
      pending={isPending}
      onConfirm={() => check.passes() && mutate(note)}
      onDismiss={close}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          For a webhook that nobody needs, such as a manual test. It leaves the waiting list and no longer
          keeps the alarm on. It can still be replayed until it is deleted.
        </Box>
        <Box variant="p">
          Why we couldn’t parse it: <b>{reason}</b>
        </Box>
        <FormField
          label="Note"
          constraintText={`Why it isn’t needed. It is kept with your name and can’t be changed later. Don’t include patient information. ${text.length.toLocaleString('en')} of ${MAX_LENGTH.toLocaleString('en')} characters.`}
          errorText={over > 0 && `The note is ${over.toLocaleString('en')} characters too long.`}
          stretch
        >
          <Textarea value={text} onChange={({ detail }) => setText(detail.value)} rows={4} />
        </FormField>
        {check.warning}
        {error && (
          <Alert
            type="error"
            header={changeError(error, 'Not dismissed', 'Couldn’t confirm the dismissal').header}
          >
            {dismissalErrorText(error)}
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmationDialog>
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

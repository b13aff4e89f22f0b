import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import type { ReactNode } from 'react';
import { changeError } from '../alerts/change-error.ts';
import { ConfirmationDialog } from './confirmation-dialog.tsx';
import { usePatientDataCheck } from './use-patient-data-check.tsx';

/** The API's limit (characters). */
const MAX_LENGTH = 1_000;

interface NoteFieldDialogProps {
  readonly header: string;
  /** The text of the button that saves. */
  readonly action: string;
  /** What the note says: `Why it isn’t needed`. */
  readonly asks: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly pending: boolean;
  /** Why the last attempt failed; null if none did. */
  readonly error: Error | null;
  readonly errorTitles: readonly [refused: string, unknown: string];
  readonly errorText: (error: Error) => string;
  readonly onSave: (note: string) => void;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** Asks for the reason of an action, which is kept with it. */
export function NoteFieldDialog(props: NoteFieldDialogProps) {
  const { header, action, asks, text, onChange, pending, error, errorTitles, errorText, children } = props;
  const note = text.trim();
  const over = note.length - MAX_LENGTH;
  const check = usePatientDataCheck(note);
  return (
    <ConfirmationDialog
      header={header}
      action={check.asked ? `${action} anyway` : action}
      disabled={note === '' || over > 0}
      {...(note === '' && { disabledReason: `Write ${asks[0]?.toLowerCase()}${asks.slice(1)} first.` })}
      pending={pending}
      onConfirm={() => check.passes() && props.onSave(note)}
      onDismiss={props.onDismiss}
    >
      <SpaceBetween size="m">
        {children}
        <FormField
          label="Note"
          constraintText={`${asks}. It is kept with your name and can’t be changed later. Don’t include patient information. ${text.length.toLocaleString('en')} of ${MAX_LENGTH.toLocaleString('en')} characters.`}
          errorText={over > 0 && `The note is ${over.toLocaleString('en')} characters too long.`}
          stretch
        >
          <Textarea value={text} onChange={({ detail }) => onChange(detail.value)} rows={4} />
        </FormField>
        {check.warning}
        {error && (
          <Alert type="error" header={changeError(error, ...errorTitles).header}>
            {errorText(error)}
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

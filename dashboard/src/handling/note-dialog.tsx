import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { changeErrorText } from '../alerts/change-error.ts';
import type { Transaction } from '../api/answers.ts';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { useDraft } from '../session/use-draft.ts';
import { CONTACTS } from '../wording/handling.ts';
import { useAddNote } from './use-handling-changes.ts';

/** The API's limit (characters). */
const MAX_LENGTH = 2_000;

interface NoteDialogProps {
  readonly transaction: Transaction;
  /** A note, or a contact with the patient. */
  readonly of: 'note' | 'contact';
  readonly onDismiss: () => void;
}

/** Adds a note, or logs a contact. What was entered stays until it is saved or the user cancels. */
export function NoteDialog({ transaction, of, onDismiss }: NoteDialogProps) {
  const [text, setText] = useDraft(`${of}:${transaction.id}`);
  const [chosen, choose] = useDraft(`${of}-kind:${transaction.id}`);
  const kind = of === 'note' ? 'note' : (CONTACTS.find(({ id }) => id === chosen)?.id ?? null);
  const keyFor = useRepeatKey();
  const close = () => {
    setText('');
    choose('');
    onDismiss();
  };
  const { change, isPending, error } = useAddNote(transaction.id, close);
  const typed = text.trim();
  const check = usePatientDataCheck(typed);
  const ready = kind !== null && typed.length <= MAX_LENGTH && (of === 'contact' || typed !== '');
  const save = () => {
    if (!ready || kind === null || !check.passes()) return;
    change({ kind, text: typed || null, key: keyFor(`${kind} ${typed}`) });
  };
  return (
    <ConfirmationDialog
      header={of === 'note' ? 'Add a note' : 'Log a contact'}
      action={check.asked ? 'Save anyway' : 'Save'}
      disabled={!ready}
      pending={isPending}
      onConfirm={save}
      onDismiss={close}
    >
      <SpaceBetween size="m">
        {of === 'contact' && (
          <FormField label="What happened">
            <RadioGroup
              value={kind}
              items={CONTACTS.map(({ id, text: label }) => ({ value: id, label }))}
              onChange={({ detail }) => choose(detail.value)}
            />
          </FormField>
        )}
        <NoteField of={of} text={text} write={setText} />
        {check.warning}
        {error && (
          <Alert type="error" header="Not saved">
            {changeErrorText(error)}
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

interface NoteFieldProps {
  readonly of: NoteDialogProps['of'];
  readonly text: string;
  readonly write: (text: string) => void;
}

function NoteField({ of, text, write }: NoteFieldProps) {
  const over = text.trim().length - MAX_LENGTH;
  return (
    <FormField
      label={
        of === 'note' ? (
          'Note'
        ) : (
          <>
            Note <i>– optional</i>
          </>
        )
      }
      constraintText={`Everyone on the team can read it, and it can’t be changed later. Don’t include patient information. ${text.length.toLocaleString('en')} of ${MAX_LENGTH.toLocaleString('en')} characters.`}
      errorText={over > 0 && `The note is ${over.toLocaleString('en')} characters too long.`}
      stretch
    >
      <Textarea value={text} onChange={({ detail }) => write(detail.value)} rows={4} />
    </FormField>
  );
}

/** A key for each content, so that a note that was saved without an answer is not saved twice. */
function useRepeatKey(): (content: string) => string {
  const known = useRef({ content: '', key: '' });
  return (content) => {
    if (known.current.content !== content) known.current = { content, key: crypto.randomUUID() };
    return known.current.key;
  };
}

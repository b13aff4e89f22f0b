import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { DECIDED, DECIDED_NAMES } from '../../../../core/domain/transaction/decision.ts';
import { changeErrorText } from '../../alerts/change-error.ts';
import type { Transaction } from '../../api/answers.ts';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../../components/use-patient-data-check.tsx';
import { usePerson } from '../../session/session-context.tsx';
import { useDraft } from '../../session/use-draft.ts';
import { byText, isOwn } from '../../wording/caller.ts';
import { acknowledgementOf, hasDecision, hasOpenRedraw } from '../open-redraw.ts';
import { type AcknowledgementInput, MAX_NOTE_LENGTH } from './acknowledgements.ts';
import { StopMessagesField } from './stop-messages-field.tsx';

interface AcknowledgeDialogProps {
  readonly transaction: Transaction;
  readonly pending: boolean;
  readonly error: Error | null;
  /** `saved` runs when it is. */
  readonly onAcknowledge: (given: AcknowledgementInput, saved: () => void) => void;
  readonly onDismiss: () => void;
}

/** What only the note says. */
const OTHER = 'other';
const CHOICES = [
  ...DECIDED_NAMES.map((value) => ({ value, label: DECIDED[value] })),
  { value: OTHER, label: 'Something else' },
];

/** Asks for a note, then acknowledges a redraw or records a decision. What was typed stays until it is saved or cancelled. */
export default function AcknowledgeDialog(props: AcknowledgeDialogProps) {
  const { transaction, pending, error, onAcknowledge, onDismiss } = props;
  const person = usePerson();
  const [note, setNote] = useDraft(`acknowledge:${transaction.id}`);
  const [choice, setChoice] = useState<string | null>(null);
  const [stopMessages, setStopMessages] = useState(false);
  const deciding = hasDecision(transaction);
  const typed = note.trim();
  const decided = DECIDED_NAMES.find((name) => name === choice) ?? null;
  const why = whyNot(deciding, choice, typed);
  const check = usePatientDataCheck(typed);
  const submit = () => {
    if (why === null && !pending && check.passes())
      onAcknowledge({ note: typed || null, decided, stopMessages }, () => setNote(''));
  };
  const action = deciding ? 'Record decision' : 'Acknowledge';
  return (
    <ConfirmationDialog
      header={deciding ? 'Record decision' : 'Acknowledge redraw'}
      action={check.asked ? `${action} anyway` : action}
      disabled={why !== null}
      {...(why !== null && { disabledReason: why })}
      pending={pending}
      onConfirm={submit}
      onDismiss={() => {
        setNote('');
        onDismiss();
      }}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          {deciding
            ? 'This takes it off the worklist. Say what was decided, so that others can see it.'
            : `Others will see that ${person.name} is handling this redraw until it moves to the next step.`}
        </Box>
        <Replaced transaction={transaction} />
        {deciding && (
          <FormField label="Decision">
            <RadioGroup value={choice} items={CHOICES} onChange={({ detail }) => setChoice(detail.value)} />
          </FormField>
        )}
        <FormField
          label={deciding && choice === OTHER ? 'Note' : 'Note (optional)'}
          constraintText={`Don’t include patient information, such as a name, date of birth or result. ${note.length.toLocaleString('en')} of ${MAX_NOTE_LENGTH.toLocaleString('en')} characters.`}
          stretch
        >
          <Textarea
            value={note}
            onChange={({ detail }) => setNote(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === 'Enter' && (detail.ctrlKey || detail.metaKey)) submit();
            }}
            rows={3}
            ref={deciding ? null : takeFocus}
          />
        </FormField>
        {check.warning}
        {/* No message is due unless a redraw is open. */}
        {hasOpenRedraw(transaction) && <StopMessagesField stopped={stopMessages} stop={setStopMessages} />}
        {error && (
          <Alert type="error" header="Not saved">
            {changeErrorText(error)} What you entered is still here.
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function whyNot(deciding: boolean, choice: string | null, text: string): string | null {
  if (deciding && choice === null) return 'Choose what was decided.';
  if (choice === OTHER && text === '') return 'Write what was decided.';
  return text.length > MAX_NOTE_LENGTH ? 'Shorten the note first.' : null;
}

/** Runs after the dialog has focused its first button and stored the element to return the focus to. */
function takeFocus(note: TextareaProps.Ref | null): void {
  requestAnimationFrame(() => note?.focus());
}

/** Warns about another person's acknowledgement that would be replaced. */
function Replaced({ transaction }: { transaction: Transaction }) {
  const person = usePerson();
  const known = acknowledgementOf(transaction);
  if (!known || isOwn(known, person)) return null;
  return <Alert type="warning">This replaces the acknowledgement and the note from {byText(known)}.</Alert>;
}

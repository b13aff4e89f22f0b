import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Transaction } from '../../api/answers.ts';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../../components/use-patient-data-check.tsx';
import { draftKeys } from '../../session/drafts.ts';
import type { Person } from '../../session/session.ts';
import { usePerson } from '../../session/session-context.tsx';
import { useDraft } from '../../session/use-draft.ts';
import { byText, isOwn } from '../../wording/caller.ts';
import { acknowledgementOf, hasDecision, hasOpenRedraw } from '../open-redraw.ts';
import { type AcknowledgementInput, acknowledgementDraft, MAX_NOTE_LENGTH } from './changes.ts';
import { StopMessagesField } from './stop-messages-field.tsx';

interface AcknowledgeDialogProps {
  readonly transactions: readonly Transaction[];
  readonly onAcknowledge: (given: AcknowledgementInput) => void;
  readonly onDismiss: () => void;
}

/** Asks for a note, then acknowledges one or more redraws. */
export default function AcknowledgeDialog({
  transactions,
  onAcknowledge,
  onDismiss,
}: AcknowledgeDialogProps) {
  const person = usePerson();
  // The draft stays the same while the dialog is open.
  const [draft] = useState(() => acknowledgementDraft(transactions, draftKeys(person)));
  const [note, setNote] = useDraft(draft);
  const [stopMessages, setStopMessages] = useState(false);
  const tooLong = note.length > MAX_NOTE_LENGTH;
  const several = transactions.length > 1;
  const deciding = transactions.some(hasDecision);
  const ready = !tooLong && (!deciding || note.trim() !== '');
  const check = usePatientDataCheck(note.trim());
  const submit = () => {
    if (ready && check.passes()) onAcknowledge({ note: note.trim() || null, stopMessages });
  };
  const action = deciding ? 'Record decision' : 'Acknowledge';
  return (
    <ConfirmationDialog
      header={headerOf(deciding, transactions.length)}
      action={check.asked ? `${action} anyway` : action}
      disabled={!ready}
      onConfirm={submit}
      onDismiss={() => {
        setNote('');
        onDismiss();
      }}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          {deciding ? (
            'This takes it off the worklist. Say what was decided, so that others can see it.'
          ) : (
            <>
              Others will see that <b>{person.name}</b> is handling{' '}
              {several ? 'these redraws' : 'this redraw'} until {several ? 'each one' : 'it'} moves to the
              next step.
            </>
          )}
        </Box>
        <Replaced transactions={transactions} by={person} />
        <FormField
          label={
            deciding ? (
              'Decision'
            ) : (
              <>
                Note <i>– optional</i>
              </>
            )
          }
          constraintText={`Don’t include patient information, such as a name, date of birth or result. ${note.length.toLocaleString('en')} of ${MAX_NOTE_LENGTH.toLocaleString('en')} characters.`}
          errorText={
            tooLong &&
            `The note is ${(note.length - MAX_NOTE_LENGTH).toLocaleString('en')} characters too long.`
          }
          stretch
        >
          <Textarea
            value={note}
            onChange={({ detail }) => setNote(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === 'Enter' && (detail.ctrlKey || detail.metaKey)) submit();
            }}
            placeholder={
              deciding
                ? 'What was decided. For example: Placed a new order'
                : 'What you’re doing about it. For example: Called the draw center'
            }
            rows={4}
            ref={takeFocus}
          />
        </FormField>
        {check.warning}
        {/* No message is due unless a redraw is open. */}
        {transactions.some(hasOpenRedraw) && (
          <StopMessagesField several={several} stopped={stopMessages} stop={setStopMessages} />
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function headerOf(deciding: boolean, count: number): string {
  if (deciding) return 'Record decision';
  return count > 1 ? `Acknowledge ${count} redraws` : 'Acknowledge redraw';
}

const list = new Intl.ListFormat('en');

/** Runs after the dialog has focused its first button and stored the element to return the focus to. */
function takeFocus(note: TextareaProps.Ref | null): void {
  requestAnimationFrame(() => note?.focus());
}

/** Warns about acknowledgements by other people that would be replaced. */
function Replaced({ transactions, by }: { transactions: readonly Transaction[]; by: Person }) {
  const others = new Set<string>();
  for (const transaction of transactions) {
    const known = acknowledgementOf(transaction);
    if (known && !isOwn(known, by)) others.add(byText(known));
  }
  if (others.size === 0) return null;
  return (
    <Alert type="warning">This replaces the acknowledgement and the note from {list.format(others)}.</Alert>
  );
}

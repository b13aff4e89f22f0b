import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { StalledOrder } from '../api/answers.ts';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { shortId } from '../components/identifier.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { MAX_NOTE_LENGTH } from '../redraw/acknowledgement/changes.ts';
import { usePerson } from '../session/session-context.tsx';
import { useDraft } from '../session/use-draft.ts';
import { byText, isOwn } from '../wording/caller.ts';
import { orderDraft, useOrderAcknowledgement } from './use-order-acknowledgement.ts';

/** Acknowledges a stalled order after asking for a note, or releases it after asking if someone else handles it. */
export function OrderActions({ of }: { of: StalledOrder }) {
  const { acknowledge, release, isPending } = useOrderAcknowledgement(of);
  const [asking, setAsking] = useState(false);
  const person = usePerson();
  const known = of.acknowledgement;
  const start = () => {
    if (isPending) return;
    if (known !== null && isOwn(known, person)) release();
    else setAsking(true);
  };
  const close = () => setAsking(false);
  const text = known === null ? 'Acknowledge' : 'Release';
  return (
    <>
      <Button
        variant="inline-link"
        wrapText={false}
        {...(known === null && { 'data-acknowledge': 'row' })}
        ariaLabel={`${text}: order ${shortId(of.id)}`}
        // Not disabled while saving: that would lose the focus.
        onClick={start}
      >
        {isPending ? 'Saving' : text}
      </Button>
      {asking &&
        (known === null ? (
          <AcknowledgeOrder
            draft={orderDraft(of)}
            onDismiss={close}
            onConfirm={(note) => {
              close();
              acknowledge(note);
            }}
          />
        ) : (
          <ConfirmationDialog
            header={`Release ${byText(known)}’s order?`}
            action="Release"
            onDismiss={close}
            onConfirm={() => {
              close();
              release();
            }}
          >
            <b>{byText(known)}</b> is handling this order. Their note stays in the history of the transaction.
          </ConfirmationDialog>
        ))}
    </>
  );
}

interface AcknowledgeOrderProps {
  /** The key of the note's draft. */
  readonly draft: string;
  readonly onConfirm: (note: string) => void;
  readonly onDismiss: () => void;
}

function AcknowledgeOrder({ draft, onConfirm, onDismiss }: AcknowledgeOrderProps) {
  const [note, setNote] = useDraft(draft);
  const person = usePerson();
  const tooLong = note.length > MAX_NOTE_LENGTH;
  const check = usePatientDataCheck(note.trim());
  return (
    <ConfirmationDialog
      header="Acknowledge order"
      action={check.asked ? 'Acknowledge anyway' : 'Acknowledge'}
      disabled={tooLong}
      onDismiss={() => {
        setNote('');
        onDismiss();
      }}
      onConfirm={() => check.passes() && onConfirm(note)}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          Others will see that <b>{person.name}</b> is handling this order until it moves to the next step.
        </Box>
        <FormField
          label={
            <>
              Note <i>– optional</i>
            </>
          }
          constraintText="Don’t include patient information, such as a name, date of birth or result."
          errorText={
            tooLong && `The note can have at most ${MAX_NOTE_LENGTH.toLocaleString('en')} characters.`
          }
          stretch
        >
          <Textarea value={note} onChange={({ detail }) => setNote(detail.value)} rows={4} />
        </FormField>
        {check.warning}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

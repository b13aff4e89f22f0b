import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../../components/use-patient-data-check.tsx';
import { MAX_VIEW_NAME_LENGTH } from '../view/view.ts';

interface SaveViewDialogProps {
  readonly name: string;
  readonly onSave: (name: string) => void;
  readonly onDismiss: () => void;
}

/** Asks for the name under which the filters and the order of the worklist are saved. */
export default function SaveViewDialog({ name: known, onSave, onDismiss }: SaveViewDialogProps) {
  const [name, setName] = useState(known);
  const given = name.trim();
  const tooLong = given.length > MAX_VIEW_NAME_LENGTH;
  const ready = given !== '' && !tooLong;
  // A view of one owner may be named after the owner's email address.
  const check = usePatientDataCheck(given, ['email address']);
  return (
    <ConfirmationDialog
      header="Save this view"
      action={check.asked ? 'Save anyway' : 'Save'}
      disabled={!ready}
      onConfirm={() => ready && check.passes() && onSave(given)}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        <FormField
          label="Name"
          description="Saved for you in this browser. To share it, copy the page’s URL."
          constraintText="Don’t include patient information."
          errorText={tooLong && `The name is longer than ${MAX_VIEW_NAME_LENGTH} characters.`}
          stretch
        >
          <Input value={name} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        {check.warning}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

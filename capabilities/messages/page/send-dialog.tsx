import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ConfirmationDialog } from '../../../dashboard/src/components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../../../dashboard/src/components/use-patient-data-check.tsx';
import type { WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';
import { useMessageChannels } from '../../../dashboard/src/session/configuration-context.tsx';
import { CHANNELS, CHANNELS_IN_TEXT, type Channel } from '../../../dashboard/src/wording/messages.ts';
import { MessagePreview } from './message-preview.tsx';
import { useSendMessage } from './use-message-changes.ts';
import { useSendableTemplates } from './use-sendable-templates.ts';
import { templateText } from './wording/message-templates.ts';

/** The API's limit (characters). */
const MAX_REASON_LENGTH = 500;

interface SendDialogProps {
  readonly transaction: WithRedraw;
  readonly onDismiss: () => void;
}

/** Chooses a message, shows its text to this patient, and sends it after a confirmation. */
export function SendDialog({ transaction, onDismiss }: SendDialogProps) {
  const templates = useSendableTemplates(transaction);
  const channels = useMessageChannels();
  const [chosen, setChosen] = useState<string | null>(null);
  const [channel, setChannel] = useState<Channel>(channels[0] ?? 'sms');
  const [why, setWhy] = useState('');
  // What was chosen may have stopped to apply while the dialog was open.
  const template = templates.find((name) => name === chosen) ?? templates[0];
  const { send } = useSendMessage(transaction.id);
  const tooLong = why.trim().length > MAX_REASON_LENGTH;
  const check = usePatientDataCheck(why.trim());
  const action = `Send ${CHANNELS_IN_TEXT[channel]}`;
  const options = templates.map((value) => ({ value, label: templateText(value) }));
  return (
    <ConfirmationDialog
      header="Send a message"
      action={check.asked ? `${action} anyway` : action}
      disabled={template === undefined || why.trim() === '' || tooLong}
      onConfirm={() => {
        if (template === undefined || !check.passes()) return;
        send({ template, channel, why: why.trim() });
        onDismiss();
      }}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          It goes out now, or in the morning if it is night where the patient is. Opt-outs and consent are
          checked first.
        </Box>
        <FormField
          label="Message"
          errorText={template === undefined && 'The redraw has moved on, and no message applies now.'}
          stretch
        >
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === template) ?? null}
            onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
            expandToViewport
          />
        </FormField>
        {channels.length > 1 && (
          <FormField label="Channel">
            <Select
              options={channels.map((value) => ({ value, label: CHANNELS[value] }))}
              selectedOption={{ value: channel, label: CHANNELS[channel] }}
              onChange={({ detail: { selectedOption } }) =>
                setChannel(channels.find((id) => id === selectedOption.value) ?? channel)
              }
              expandToViewport
            />
          </FormField>
        )}
        {template !== undefined && (
          <MessagePreview transaction={transaction} template={template} channel={channel} />
        )}
        <FormField
          label="Reason"
          constraintText="Why you’re sending it. Don’t include patient information."
          errorText={tooLong && `The reason is longer than ${MAX_REASON_LENGTH} characters.`}
          stretch
        >
          <Input
            value={why}
            onChange={({ detail }) => setWhy(detail.value)}
            placeholder="For example: The patient asked for the link again"
          />
        </FormField>
        {check.warning}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { MessageSettings } from '../../../dashboard/src/api/answers.ts';
import { ConfirmationDialog } from '../../../dashboard/src/components/confirmation-dialog.tsx';
import { useAssumesConsent } from '../../../dashboard/src/session/configuration-context.tsx';
import { CHANNELS_IN_TEXT, type Channel } from '../../../dashboard/src/wording/messages.ts';
import { useSettingsChange } from './use-message-changes.ts';

interface SettingsDialogProps {
  /** As they were when the dialog was opened. */
  readonly settings: MessageSettings;
  /** The channels that are switched on. */
  readonly channels: readonly Channel[];
  readonly onDismiss: () => void;
}

type ByChannel = Readonly<Record<Channel, boolean>>;

/** Records consent and opt-outs of a patient. Sends only what the user changed. */
export function SettingsDialog({ settings, channels, onDismiss }: SettingsDialogProps) {
  const consented = consentIn(settings, useAssumesConsent());
  const optedOut = optOutIn(settings);
  const [consent, setConsent] = useState(consented);
  const [optOut, setOptOut] = useState(optedOut);
  const { change } = useSettingsChange(settings.user_id);
  const changes = { consent: changesOf(consented, consent), opt_out: changesOf(optedOut, optOut) };
  return (
    <ConfirmationDialog
      header="Message settings"
      action="Save"
      disabled={Object.values(changes).every((changed) => Object.keys(changed).length === 0)}
      onConfirm={() => {
        change(changes);
        onDismiss();
      }}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        <Box variant="p">These settings apply to all messages to this patient. Your name is recorded.</Box>
        {channels.map((channel) => (
          <SpaceBetween key={channel} size="xs">
            <Checkbox
              checked={consent[channel]}
              onChange={({ detail }) => setConsent({ ...consent, [channel]: detail.checked })}
            >
              The patient consents to {CHANNELS_IN_TEXT[channel]}
            </Checkbox>
            <Checkbox
              checked={optOut[channel]}
              onChange={({ detail }) => setOptOut({ ...optOut, [channel]: detail.checked })}
            >
              The patient opted out of {CHANNELS_IN_TEXT[channel]}
            </Checkbox>
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function consentIn({ consent: { sms, email } }: MessageSettings, assumed: boolean): ByChannel {
  return { sms: sms?.given ?? assumed, email: email?.given ?? assumed };
}

function optOutIn({ opt_out: { sms, email } }: MessageSettings): ByChannel {
  return { sms: sms !== null, email: email !== null };
}

/** The channels whose value the user changed. */
function changesOf(before: ByChannel, after: ByChannel): Partial<ByChannel> {
  return {
    ...(before.sms !== after.sms && { sms: after.sms }),
    ...(before.email !== after.email && { email: after.email }),
  };
}

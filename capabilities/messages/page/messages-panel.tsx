import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ErrorAlert } from '../../../dashboard/src/alerts/error-alert.tsx';
import { useApi } from '../../../dashboard/src/api/api-context.tsx';
import { messageSettingsQuery } from '../../../dashboard/src/api/queries.ts';
import { useQueryWithLastError } from '../../../dashboard/src/api/use-query-with-last-error.ts';
import type { WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';
import { useMessageChannels } from '../../../dashboard/src/session/configuration-context.tsx';
import { useHasScope } from '../../../dashboard/src/session/session-context.tsx';
import { CHANNELS } from '../../../dashboard/src/wording/messages.ts';
import { ChannelSettings } from './channel-settings.tsx';
import { SendDialog } from './send-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { Told } from './told.tsx';
import { useSeesMessages } from './use-messages.ts';
import { useSendableTemplates } from './use-sendable-templates.ts';

/** The messages to the patient: whether one arrived, consent and opt-outs. Nothing where patients get none. */
export function MessagesPanel({ transaction }: { transaction: WithRedraw }) {
  if (!useSeesMessages()) return null;
  return <Panel transaction={transaction} />;
}

function Panel({ transaction }: { transaction: WithRedraw }) {
  const { user_id, told } = transaction;
  const channels = useMessageChannels();
  const may = useHasScope('messages/write');
  const [open, setOpen] = useState<'send' | 'settings' | null>(null);
  const settings = useQueryWithLastError({
    ...messageSettingsQuery(useApi(), user_id ?? ''),
    enabled: user_id !== null,
  });
  const close = () => setOpen(null);
  const sendable = useSendableTemplates(transaction).length > 0 && may && user_id !== null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {may && settings.data && <Button onClick={() => setOpen('settings')}>Change settings</Button>}
              {sendable && <Button onClick={() => setOpen('send')}>Send a message</Button>}
            </SpaceBetween>
          }
        >
          Messages to the patient
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          minColumnWidth={180}
          items={[
            { label: 'Patient', value: <Told told={told} /> },
            ...channels.map((channel) => ({
              label: CHANNELS[channel],
              value: settings.data ? <ChannelSettings settings={settings.data} channel={channel} /> : '–',
            })),
          ]}
        />
        {settings.error && !settings.data && (
          <ErrorAlert error={settings.error} what="the message settings" />
        )}
      </SpaceBetween>
      {open === 'send' && <SendDialog transaction={transaction} onDismiss={close} />}
      {open === 'settings' && settings.data && (
        <SettingsDialog settings={settings.data} channels={channels} onDismiss={close} />
      )}
    </Container>
  );
}

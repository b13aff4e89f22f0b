import type * as z from 'zod';
import type { CapabilitySettings } from '../../../../lib/setting/setting.ts';
import type { Label } from '../../../../lib/setting/setting-label.ts';
import { messageScopes } from '../../api/scopes.ts';
import { messageKeys, senderSettings } from './message-keys.ts';

type MessageConfiguration = {
  [Key in keyof typeof messageKeys]: z.output<(typeof messageKeys)[Key]['schema']>;
};

/** The settings of messages to patients. */
export const messageSettings = {
  keys: messageKeys,
  switch: 'patientMessages',
  isOn: ({ patientMessages }: MessageConfiguration) => patientMessages.length > 0,
  scopes: Object.values(messageScopes),
  conflictsOf: messageConflicts,
  types: {
    'capabilities/messages/rules/channels.ts': ['ChannelChoice'],
    'capabilities/messages/rules/consent-rule.ts': ['ConsentRule'],
  },
} as const satisfies CapabilitySettings;

/** A message needs a sender per channel, and a name by which its reader knows who writes. */
function messageConflicts(configuration: MessageConfiguration, label: Label): string[] {
  const { patientMessages: channels, messagesOff = [] } = configuration;
  if (channels.length === 0) return [];
  const needed = ['messageBrand', ...channels.map((channel) => senderSettings[channel])] as const;
  const missing = needed
    .filter((name) => !configuration[name])
    .map(
      (name) =>
        `${label('patientMessages')} includes ${channels.join(' and ')} without ${label(name)}. Set it to ${messageKeys[name].expected}.`,
    );
  // Its text promises the other one.
  const isPromised = !messagesOff.includes('redraw_available');
  if (!isPromised || !messagesOff.includes('requisition_ready')) return missing;
  return [
    ...missing,
    `${label('messagesOff')} has requisition_ready without redraw_available, which tells patients to wait for it. Add redraw_available or remove requisition_ready.`,
  ];
}

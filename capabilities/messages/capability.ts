import { withFile } from '../../lib/bundling/bundle-with-file.ts';
import type { Capability } from '../../lib/capability/capability.ts';
import { addMessageAlarms } from './lib/message-alarms.ts';
import { messageWidgets } from './lib/message-widgets.ts';
import { PatientMessages } from './lib/patient-messages.ts';
import { messageSettings } from './lib/settings/message-settings.ts';
import { allowSmsReports } from './lib/sms-sending.ts';
import { configuredMessages } from './lib/templates/configured-messages.ts';
import { messageEvents } from './rules/message-events.ts';

/** Messages to patients. */
export const messages: Capability = {
  name: 'messages',
  rebuilds: true,
  events: Object.keys(messageEvents),
  isOn: messageSettings.isOn,
  pageSettings: ({ patientMessages: channels, messageLink, ...configuration }) => ({
    ...(channels.length > 0 && {
      patient_messages: {
        channels,
        language: configuration.messageLanguage,
        consent: configuration.messageConsent,
        reminders: configuration.messageReminders.length,
      },
    }),
    ...(messageLink !== undefined && { portal_link: messageLink }),
  }),
  prepare: ({ configuration, keys, functionCode }) => {
    if (configuration.patientMessages.includes('sms')) allowSmsReports(keys.operations);
    const { templates, previews } = configuredMessages(configuration);
    return {
      functionCode: withFile(functionCode, {
        name: 'templates.json',
        content: templates,
        // The function that sends the messages.
        reads: (name) => name === 'messages',
      }),
      pageFiles: { 'message-previews.json': previews },
    };
  },
  addTo: (scope, stack) => {
    const { configuration } = stack.context;
    const deployed = new PatientMessages(scope, 'PatientMessages', stack);
    return {
      addAlarms: (alarms) => addMessageAlarms(alarms, configuration, deployed),
      widgets: messageWidgets(deployed, configuration),
      outputs: deployed.outputs,
    };
  },
};

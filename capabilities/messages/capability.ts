import type { Capability } from '../../lib/capability.ts';
import { addMessageAlarms } from './lib/message-alarms.ts';
import { messageWidgets } from './lib/message-widgets.ts';
import { PatientMessages } from './lib/patient-messages.ts';
import { channelsOf } from './lib/settings/message-channels.ts';

/** Messages to patients. */
export const messages: Capability = {
  name: 'messages',
  rebuilds: true,
  isOn: (configuration) => channelsOf(configuration).length > 0,
  addTo: (scope, stack) => {
    const { configuration } = stack.context;
    const deployed = new PatientMessages(scope, 'PatientMessages', stack);
    return {
      addAlarms: (alarms) => addMessageAlarms(alarms, configuration, deployed),
      widgets: messageWidgets(deployed, configuration),
      outputs: deployed.sms
        ? {
            SmsRepliesTopicArn: {
              value: deployed.sms.replies.topicArn,
              description:
                'Connect the phone number with this topic, so that a STOP is seen at once (docs/deploy.md)',
            },
          }
        : {},
    };
  },
};

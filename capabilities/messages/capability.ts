import type { Capability } from '../../lib/capability/capability.ts';
import { addMessageAlarms } from './lib/message-alarms.ts';
import { messageWidgets } from './lib/message-widgets.ts';
import { PatientMessages } from './lib/patient-messages.ts';
import { messageSettings } from './lib/settings/message-settings.ts';

/** Messages to patients. */
export const messages: Capability = {
  name: 'messages',
  rebuilds: true,
  isOn: messageSettings.isOn,
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

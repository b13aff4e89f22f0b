import { variableOf } from '../../../core/domain/setting-variable.ts';
import type { Configuration } from '../../../lib/configuration/configuration.ts';
import { messageSettingNames } from './settings/message-keys.ts';

/** The settings of messages in the environment. Those that are not set have no variable; by default no message is
 * disabled. While the deployment only watches, all are off. */
export function messageSettings(
  configuration: Configuration,
  names: readonly (typeof messageSettingNames)[number][] = messageSettingNames,
): Record<string, string> {
  const { messagesOff = [], watchOnly, patientMessages } = configuration;
  const given = {
    ...configuration,
    messagesOff,
    patientMessages: watchOnly === 'on' ? [] : patientMessages,
  };
  const values = names.flatMap((name) => {
    const value = given[name];
    const text = Array.isArray(value) ? value.join(',') : String(value);
    return value === undefined ? [] : [[variableOf(name), text]];
  });
  return Object.fromEntries(values);
}

import type { Configuration } from '../../../lib/configuration/configuration.ts';
import { messageVariables } from './settings/message-keys.ts';

type Variable = keyof typeof messageVariables;

/** The settings of messages in the environment. Those that are not set have no variable; by default no message is disabled. */
export function messageSettings(
  configuration: Configuration,
  names: readonly Variable[] = Object.keys(messageVariables) as Variable[],
): Record<string, string> {
  const { messagesOff = [] } = configuration;
  const values = names.flatMap((name) => {
    const value = { ...configuration, messagesOff }[messageVariables[name]];
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)]];
  });
  return Object.fromEntries(values);
}

import { messageSettings } from '../../capabilities/messages/lib/settings/message-settings.ts';
import type { CapabilitySettings } from '../setting/setting.ts';

/** The settings of what can be switched off: a line per capability in lib/capabilities.ts that has any. */
export const capabilitySettings = [messageSettings] as const satisfies readonly CapabilitySettings[];

type Keys = (typeof capabilitySettings)[number]['keys'];
type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All keys of capabilities. */
export const capabilityKeys = Object.assign(
  {},
  ...capabilitySettings.map(({ keys }) => keys),
) as AllOf<Keys> & object;

import { messages } from '../capabilities/messages/capability.ts';
import { ordering } from '../capabilities/ordering/capability.ts';
import type { Capability } from './capability/capability.ts';

/**
 * What can be switched off. To remove one, delete its line here and in configuration/capability-settings.ts, its folder and
 * its folders in functions/.
 */
export const capabilities: readonly Capability[] = [messages, ordering];

import type { Capability } from '../../lib/capability.ts';

/** Messages to patients. */
export const messages: Capability = { name: 'messages', rebuilds: true };

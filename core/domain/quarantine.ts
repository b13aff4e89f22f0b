import type { Caller } from './caller.ts';
import type { Instant } from './instant.ts';

/**
 * The states of a quarantined webhook. `waiting`: it is still not understood. `replayed`: a replay took it in. `dismissed`:
 * somebody decided that it is not going to be replayed.
 */
export const QUARANTINE_STATES = ['waiting', 'replayed', 'dismissed'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** Why a quarantined webhook is not going to be replayed. */
export interface Dismissal {
  readonly at: Instant;
  readonly by: string;
  readonly caller: Caller;
  readonly note: string;
}

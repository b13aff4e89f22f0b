import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';

/** Who owns a transaction, as somebody last set it. Progress keeps it. */
export interface Assignment {
  /** A person of the sign-in, or any other name; null if somebody removed the owner. */
  readonly assignee: string | null;
  readonly follow_up: PlannedFollowUp | null;
  /** The name that the caller gave. */
  readonly by: string;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
}

/** Until when the owner wants to wait. */
export interface PlannedFollowUp {
  readonly at: Instant;
  /** The progress that it applies to, by the key of what is followed up. The next progress ends it. */
  readonly progress: string;
}

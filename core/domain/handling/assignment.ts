import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';

/** The owner of a transaction, as last assigned. Progress does not clear it. */
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

/** The follow-up date set by the owner. */
export interface PlannedFollowUp {
  readonly at: Instant;
  /** The progress that it applies to, by the key of what is followed up. The next progress ends it. */
  readonly progress: string;
}

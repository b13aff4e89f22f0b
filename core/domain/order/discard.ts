import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';

/** That a person took something off every list, because Junction does not know it. It ends when Junction speaks of it again. */
export interface Discard {
  readonly at: Instant;
  /** The name that the caller gave. */
  readonly by: string;
  readonly caller: Caller;
  /** Why, as it was typed. */
  readonly note: string;
}

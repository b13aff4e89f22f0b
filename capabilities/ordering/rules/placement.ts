import type { Instant } from '../../../core/domain/instant.ts';

/**
 * `started`: Junction is being asked, or the function died. `interrupted`: the outcome is not known. `refused`: Junction refused
 * the order. `done`: the order is placed and stored.
 */
export type PlacementState = 'started' | 'interrupted' | 'refused' | 'done';

/** An order placement under an idempotency key. It stores ids, states and a digest of the request. */
export interface Placement {
  /** A digest of the caller and the key. */
  readonly id: string;
  readonly digest: string;
  readonly state: PlacementState;
  /** Increases by one with every write. */
  readonly revision: number;
  /** When Junction was first asked, and last. */
  readonly first_at: Instant;
  readonly started_at: Instant;
  /** Null until the order is placed. */
  readonly order_id: string | null;
}

import type { Milliseconds } from '../duration.ts';
import type { OrderClocks } from './order-clocks.ts';
import type { RedrawClocks } from './redraw-clocks.ts';

/** The clocks of redraws, and those of other open orders. */
export type FollowUpClocks = RedrawClocks & { readonly orders: OrderClocks };

/** When a transaction is to be checked against Junction's API. */
export interface CheckClocks {
  /** How long Junction's status may differ from ours. */
  readonly diverging: Milliseconds;
  /** How long an active transaction may be silent. */
  readonly silent: Milliseconds;
}

/** Every clock. */
export type Clocks = FollowUpClocks & CheckClocks;

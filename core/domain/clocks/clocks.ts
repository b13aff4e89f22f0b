import type { ClocksOf } from './clock-table.ts';
import type { OrderClocks } from './order-clocks.ts';
import type { RedrawClocks } from './redraw-clocks.ts';

/** The clocks of redraws, and those of other open orders. */
export type FollowUpClocks = RedrawClocks & { readonly orders: OrderClocks };

/** When a transaction is to be checked against Junction's API. */
export type CheckClocks = ClocksOf<'check'>;

/** Every clock. */
export type Clocks = FollowUpClocks & CheckClocks;

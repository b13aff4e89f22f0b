import type { FollowUpClocks } from '../transaction/transaction.ts';
import type { CheckClocks } from './check-clocks.ts';

/** Every clock: of redraws, of other open orders, and of checks with Junction. */
export type Clocks = FollowUpClocks & CheckClocks;

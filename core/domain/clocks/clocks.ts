import type { ClocksOf } from './clock-table.ts';
import type { OrderClocks } from './order-clocks.ts';
import type { RedrawClocks } from './redraw-clocks.ts';

/** The clocks of redraws, and those of other open orders. */
export type FollowUpClocks = RedrawClocks & { readonly orders: OrderClocks };

/** When a transaction is to be checked against Junction's API. */
export type CheckClocks = ClocksOf<'check'>;

/** The clocks of one team. */
export type TeamClocks = FollowUpClocks & CheckClocks;

/** Clocks of the deployment, and those of the teams that differ. */
export type ByTeam<Own> = Own & { readonly byTeam?: ReadonlyMap<string, Own> };

/** Every clock. */
export type Clocks = ByTeam<TeamClocks>;

/** The clocks of a team; of the deployment, if the team is not known or has none of its own. */
export function clocksOfTeam<Own>(clocks: ByTeam<Own>, teamId: string | null): Own {
  return (teamId === null ? undefined : clocks.byTeam?.get(teamId)) ?? clocks;
}

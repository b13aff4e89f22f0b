import type { ItemKey } from '../table-layout.ts';
import { itemKey } from '../table-layout.ts';

/**
 * The key of the item that counts the transactions of a team; null for those of all teams that have no item of their own. Only
 * configured teams have one, and a team that is not shown is counted nowhere, so nothing grows with the number of teams.
 */
export const countersKey = (teamId: string | null): ItemKey => itemKey('COUNTERS', ownerOfCounts(teamId));

/** Whose transactions are counted, as a part of keys. */
export const ownerOfCounts = (teamId: string | null): string => (teamId === null ? 'all' : `team:${teamId}`);

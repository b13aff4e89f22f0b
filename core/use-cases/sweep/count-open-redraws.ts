import type { RedrawScope } from '../../domain/redraw/redraw-states.ts';
import { addCounts, openRedraws } from '../../domain/transaction/counts.ts';
import { readCounts } from '../../store/transactions/counters.ts';
import { isShown, type TeamContext } from '../team-visibility.ts';

/** How many redraws that are shown need action, and how many of them are overdue, by the counters. */
export async function countOpenRedraws(shown: TeamContext): Promise<Record<RedrawScope, number>> {
  const counts = await readCounts(shown.table);
  return openRedraws(addCounts(counts.filter(([{ team_id }]) => isShown(shown, team_id))));
}

import { isOwnedBy, isPostponed, isToFollowUpToday } from '../handling/postponed.ts';
import { dueStatusOf } from '../redraw/due-status.ts';
import { awaitsDecision, hasOpenRedraw, type WithRedraw } from '../redraw/open-redraw.ts';
import type { WorkRow } from './rows.ts';

/** Who looks, and when (ms since 1970). */
export interface Reader {
  readonly me: string;
  readonly now: number;
}

/** The lists that people work through. The address names one; `all` is the one without a name. */
export const TABS = [
  { id: 'mine', text: 'Mine' },
  { id: 'unassigned', text: 'Unassigned' },
  { id: 'today', text: 'Today' },
  { id: 'decisions', text: 'Decisions' },
  { id: 'not-reached', text: 'Not reached' },
  { id: 'all', text: 'All' },
  { id: 'later', text: 'Later' },
] as const;
export type Tab = (typeof TABS)[number]['id'];

export function tabNamed(name: string | null): Tab {
  return TABS.find(({ id }) => id === name)?.id ?? 'all';
}

/** The rows of a tab. What waits for a later follow-up is in "Later" only, and from the start of its day in "Today". */
export function rowsIn(tab: Tab, rows: readonly WorkRow[], { me, now }: Reader): readonly WorkRow[] {
  return rows.filter((row) => {
    const handled = { assignment: row.assignment ?? null, critical_result: criticalOf(row) };
    if (tab === 'today') return isToFollowUpToday(handled, now);
    if (tab === 'later') return isPostponed(handled, now);
    return !isPostponed(handled, now) && isIn(tab, row, me);
  });
}

function isIn(tab: Exclude<Tab, 'today' | 'later'>, row: WorkRow, me: string): boolean {
  switch (tab) {
    case 'mine':
      return isOwnedBy({ assignment: row.assignment ?? null }, me);
    case 'unassigned':
      return row.assignment === null;
    case 'decisions':
      return row.transaction !== null && awaitsDecision(row.transaction);
    case 'not-reached':
      return row.transaction?.reach === 'could_not_be_reached';
    case 'all':
      return true;
  }
}

function criticalOf({ kind }: WorkRow): 'open' | null {
  return kind === 'critical' ? 'open' : null;
}

/** The figures above the list, of everything that is not postponed. */
export function figuresOf(rows: readonly WorkRow[], { now }: Reader) {
  const open = rows.filter(
    ({ transaction }) => transaction && hasOpenRedraw(transaction) && !awaitsDecision(transaction),
  );
  const redraws = open.flatMap(({ transaction }) => transaction?.redraw ?? []);
  const ages = redraws.flatMap(({ available_at: at }) => (at === null ? [] : [now - Date.parse(at)]));
  return {
    open: redraws.length,
    overdue: open.filter(
      ({ transaction }) => transaction?.redraw && dueStatusOf(transaction as WithRedraw, now) === 'overdue',
    ).length,
    /** In ms; null without a redraw of known age. */
    oldest: ages.length === 0 ? null : Math.max(...ages),
  };
}

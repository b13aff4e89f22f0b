/** The counters of a table, and what they have to be. */
import type { Item, Table } from '../../../core/store/table.ts';
import { recount } from '../../../core/use-cases/recount.ts';
import { stateOf } from '../../../tools/verification/convergence/product.ts';

interface Shown {
  readonly status: string;
  readonly outcome: string;
  readonly redraw: { readonly state: string } | null;
}

/** The counters that are not zero. */
export function countedIn(items: readonly Item[]): Record<string, number> {
  const { pk: _, sk: __, counted_at: ___, ...counters } = items.find(({ pk }) => pk === 'COUNTERS#all') ?? {};
  return Object.fromEntries(
    Object.entries(counters as Record<string, number>).filter(([, count]) => count !== 0),
  );
}

/** Each transaction once, by what the API shows of it. */
export function expectedCounters(items: readonly Item[]): Record<string, number> {
  const counters: Record<string, number> = {};
  for (const shown of stateOf(items).transactions.values()) {
    const { status, outcome, redraw } = shown as Shown;
    const names = ['total', `status:${status}`, `outcome:${outcome}`, `redraw:${redraw?.state ?? 'none'}`];
    for (const name of names) counters[name] = (counters[name] ?? 0) + 1;
  }
  return counters;
}

/** Counts all transactions of a team, or of all, where no outbox runs. */
export async function recountAll(table: Table, teamId: string | null, now: string): Promise<void> {
  await recount({
    table,
    teamId,
    now,
    dryRun: false,
    segments: 1,
    hasTime: () => true,
    pause: async () => undefined,
    onFinding: () => undefined,
  });
}

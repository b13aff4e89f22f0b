import { insightOf } from '../domain/insights/insight.ts';
import { type HeldTransaction, isEmptied } from '../domain/stored/stored-transaction.ts';
import { countersOf } from '../domain/worklist/counts.ts';
import { countersKey } from '../store/counts/counters.ts';
import { insightCounters } from '../store/counts/insight-items.ts';
import type { ItemKey } from '../store/table-layout.ts';
import { isShown, type TeamContext } from './team-visibility.ts';

/** What to add to the counters of an item. */
export interface ItemTally {
  readonly key: ItemKey;
  /** None is zero. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Whose items count what is shown; with several teams, those of each, and those of what names none of them (null). */
export function countedOwners({
  teamId,
  teams = [],
}: Pick<TeamContext, 'teamId' | 'teams'>): (string | null)[] {
  return teamId === null ? [null, ...teams.map(({ id }) => id)] : [teamId];
}

/** Whose items count a transaction of a team. */
const countedFor = ({ teamId, teams = [] }: Pick<TeamContext, 'teamId' | 'teams'>, team: string | null) =>
  teams.some(({ id }) => id === team) ? team : teamId;

/** Counts the transactions that are shown, by the items that count them. */
export class Tally {
  readonly #shown: Pick<TeamContext, 'teamId' | 'teams'>;
  readonly #items = new Map<string, { readonly key: ItemKey; readonly counts: Map<string, number> }>();

  constructor(shown: Pick<TeamContext, 'teamId' | 'teams'>) {
    this.#shown = shown;
  }

  /** Adds `by` to every counter that counts the transaction. */
  add(held: HeldTransaction, by: number): void {
    if (isEmptied(held) || !isShown(this.#shown, held.team_id)) return;
    const owner = countedFor(this.#shown, held.team_id);
    this.#add(countersKey(owner), countersOf(held), by);
    const insight = insightOf(held);
    if (!insight) return;
    for (const [key, names] of insightCounters(owner, insight)) this.#add(key, names, by);
  }

  /** The items with counters that are not zero. */
  items(): ItemTally[] {
    return [...this.#items.values()].flatMap(({ key, counts }) => {
      const changed = new Map([...counts].filter(([, count]) => count !== 0));
      return changed.size === 0 ? [] : [{ key, counts: changed }];
    });
  }

  #add(key: ItemKey, names: readonly string[], by: number): void {
    const place = `${key.pk} ${key.sk}`;
    const item = this.#items.get(place) ?? { key, counts: new Map<string, number>() };
    for (const name of names) item.counts.set(name, (item.counts.get(name) ?? 0) + by);
    this.#items.set(place, item);
  }
}

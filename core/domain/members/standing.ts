import type { Contribution } from './contribution.ts';
import { ownershipOf } from './ownership.ts';
import type { Contributions } from './transaction-orders.ts';

/** The orders that have left, each with the version of its record since which it belongs elsewhere. See docs/state-model.md, Moving. */
export type Departures = Readonly<Record<string, number>>;

/** The contributions that a transaction is computed from, and the orders that have left it. */
export interface Standing {
  readonly contributions: Contributions;
  readonly departures: Departures;
}

/** Standings by transaction id. */
export type Standings = ReadonlyMap<string, Standing>;

const NOTHING_STANDS: Standing = { contributions: {}, departures: {} };

/** An order's contribution, and the transaction that it belongs to. */
export interface PlacedOrder {
  readonly id: string;
  /** Null for an order that was discarded. */
  readonly home: string | null;
  /** Other transactions that may hold it. */
  readonly formerHomes: readonly string[];
  readonly contribution: Contribution;
}

/**
 * Moves an order into its transaction and removes it from every other one, or from all. `held` has the members of that transaction
 * and of all its former transactions.
 *
 * @returns the standings that change; null if a newer version of the record has already been placed
 */
export function place(order: PlacedOrder, held: Standings): Map<string, Standing> | null {
  const { id, home, formerHomes, contribution } = order;
  const standingOf = (transactionId: string) => held.get(transactionId) ?? NOTHING_STANDS;
  const isOutdated = [...(home === null ? [] : [home]), ...formerHomes].some((transactionId) => {
    const { contributions, departures } = standingOf(transactionId);
    return Math.max(contributions[id]?.version ?? 0, departures[id] ?? 0) > contribution.version;
  });
  if (isOutdated) return null;
  const changed = new Map<string, Standing>();
  if (home !== null) changed.set(home, entered(standingOf(home), id, contribution));
  const enters = home !== null && !(id in standingOf(home).contributions);
  for (const former of formerHomes) {
    const { contributions, departures } = standingOf(former);
    // The departure is recorded even if the order was never there, so that a late writer finds it.
    if (enters || id in contributions || !(id in departures)) {
      changed.set(former, departed({ contributions, departures }, id, contribution.version));
    }
  }
  return changed;
}

/** The orders that are set apart in any of these standings. Each is in a transaction under its own id instead. */
export function setApartIn(...standings: readonly Standings[]): Set<string> {
  return new Set(
    standings
      .flatMap((all) => [...all.values()])
      .flatMap(({ contributions }) => [...ownershipOf(contributions).apart]),
  );
}

/**
 * Places the orders that are or were set apart. An order that is set apart enters the transaction under its own id; one that no
 * longer is leaves it. `held` has the standings before the change, including those under the orders' own ids.
 */
export function placeApart(changed: Standings, held: Standings): Map<string, Standing> {
  const all = new Map([...held, ...changed]);
  const result = new Map(changed);
  const apartNow = new Map<string, { from: string; contribution: Contribution }>();
  for (const [from, { contributions }] of changed) {
    for (const id of ownershipOf(contributions).apart) {
      const contribution = contributions[id];
      if (contribution) apartNow.set(id, { from, contribution });
    }
  }
  for (const [id, { from, contribution }] of apartNow) {
    result.set(id, entered(all.get(id) ?? NOTHING_STANDS, id, { ...contribution, apart_from: from }));
  }
  const before = new Map([...changed.keys()].map((id) => [id, held.get(id) ?? NOTHING_STANDS]));
  for (const id of setApartIn(before)) {
    const standing = all.get(id);
    const own = standing?.contributions[id];
    if (standing && own && !apartNow.has(id)) result.set(id, departed(standing, id, own.version));
  }
  return result;
}

function entered({ contributions, departures }: Standing, id: string, contribution: Contribution): Standing {
  const { [id]: _, ...others } = departures;
  return { contributions: { ...contributions, [id]: contribution }, departures: others };
}

/** The standing without the order, which belongs elsewhere since this version of its record. */
function departed({ contributions, departures }: Standing, id: string, version: number): Standing {
  const { [id]: _, ...others } = contributions;
  return { contributions: others, departures: { ...departures, [id]: version } };
}

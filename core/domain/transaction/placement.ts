import type { Contribution } from './contribution.ts';
import { ownershipOf } from './ownership.ts';
import type { Contributions } from './transaction-orders.ts';

/** By order: the version of its record as of which it belongs elsewhere. See docs/state-model.md, Moving. */
export type Departures = Readonly<Record<string, number>>;

/** What a transaction is made from, and what has left it. */
export interface Standing {
  readonly contributions: Contributions;
  readonly departures: Departures;
}

/** Standings by the id of their transaction. */
export type Standings = ReadonlyMap<string, Standing>;

const NOTHING_STANDS: Standing = { contributions: {}, departures: {} };

/** An order's record, and where it belongs. */
export interface PlacedOrder {
  readonly id: string;
  readonly home: string;
  /** Transactions other than its home that it may stand in. */
  readonly formerHomes: readonly string[];
  readonly contribution: Contribution;
}

/**
 * Brings an order home and takes it out of every other transaction. `held` has the standing of its home and of all its
 * former homes. Gives the standings that change; null where a newer version of the record was placed already.
 */
export function place(order: PlacedOrder, held: Standings): Map<string, Standing> | null {
  const { id, home, formerHomes, contribution } = order;
  const standingOf = (transactionId: string) => held.get(transactionId) ?? NOTHING_STANDS;
  const isOutdated = [home, ...formerHomes].some((transactionId) => {
    const { contributions, departures } = standingOf(transactionId);
    return Math.max(contributions[id]?.version ?? 0, departures[id] ?? 0) > contribution.version;
  });
  if (isOutdated) return null;
  const changed = new Map([[home, entered(standingOf(home), id, contribution)]]);
  const enters = !(id in standingOf(home).contributions);
  for (const former of formerHomes) {
    const { contributions, departures } = standingOf(former);
    // A departure is noted also where the order never stood: a writer that comes late must find it there.
    if (enters || id in contributions || !(id in departures)) {
      changed.set(former, departed({ contributions, departures }, id, contribution.version));
    }
  }
  return changed;
}

/** The orders that are set apart in any of these standings: each stands in a transaction under its own id instead. */
export function setApartIn(...standings: readonly Standings[]): Set<string> {
  return new Set(
    standings
      .flatMap((all) => [...all.values()])
      .flatMap(({ contributions }) => [...ownershipOf(contributions).apart]),
  );
}

/**
 * Places the orders that are or were set apart: a transaction under its own id holds each that is, and none that is no
 * longer. `held` is as before the change, the transactions under the orders' own ids included.
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

/** What stands where an order belongs elsewhere as of this version of its record. */
function departed({ contributions, departures }: Standing, id: string, version: number): Standing {
  const { [id]: _, ...others } = contributions;
  return { contributions: others, departures: { ...departures, [id]: version } };
}

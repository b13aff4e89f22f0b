import { isDeepStrictEqual } from 'node:util';
import { type Pause, retryOnConflict } from '../concurrency/retry.ts';
import type { Clocks } from '../domain/clocks/clocks.ts';
import { type Instant, latest } from '../domain/instant.ts';
import { contributionOf } from '../domain/members/contribution.ts';
import { place, placeApart, type Standing, setApartIn } from '../domain/members/standing.ts';
import type { Contributions } from '../domain/members/transaction-orders.ts';
import { formerHomesOf, homeOf, listedClaims } from '../domain/order/membership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import { nextHeld } from '../domain/stored/next-revision.ts';
import {
  type HeldTransaction,
  isEmptied,
  type TransactionMarks,
} from '../domain/stored/stored-transaction.ts';
import { retractListedClaim, writeListedClaim } from '../store/orders/write-listed-claim.ts';
import type { Table } from '../store/table.ts';
import { readHeld, type TransactionWrite, writeTransactions } from '../store/transactions/transactions.ts';

export interface Projection {
  readonly table: Table;
  readonly clocks: Clocks;
  readonly pause: Pause;
}

/** The outcome of a recompute. `outdated`: a newer version of the record was already stored. */
export type RecomputeOutcome = 'written' | 'unchanged' | 'outdated';

/**
 * Puts an order's record into the transaction that it belongs to, and removes the order from every other one. This is one
 * conditional write, so that an order is never in two transactions. An order that no other transaction ever claimed costs one
 * read and at most one write.
 */
export async function recompute(projection: Projection, record: OrderRecord): Promise<RecomputeOutcome> {
  return retryOnConflict(projection.pause, () => bringHome(projection, record));
}

type Held = Map<string, HeldTransaction | null>;

async function bringHome(
  { table, clocks }: Projection,
  record: OrderRecord,
): Promise<RecomputeOutcome | 'conflict'> {
  const named = homeOf(record);
  const homes = [named, ...formerHomesOf(record)];
  const held: Held = new Map();
  for (const id of homes) held.set(id, await readHeld(table, id));
  await claimListed(table, record, held.get(named)?.contributions ?? {});
  const [home, formerHomes] = record.discarded ? [null, homes] : [named, homes.slice(1)];
  const order = { id: record.id, home, formerHomes, contribution: contributionOf(record) };
  const moved = place(order, standingsOf(held));
  if (!moved) return 'outdated';
  for (const id of setApartIn(standingsOf(held), moved)) {
    if (!held.has(id)) held.set(id, await readHeld(table, id));
  }
  const writes = writesOf(placeApart(moved, standingsOf(held)), held, lastHeard(record), clocks);
  if (writes.length === 0) return 'unchanged';
  // The transactions that were only read matter too, because an order can be set apart there.
  const written = new Set(writes.map(({ next }) => next.id));
  const unchanged = [...held].filter(([id]) => !written.has(id)).map(([id, read]) => ({ id, read }));
  return writeTransactions(table, writes, unchanged);
}

/** When Junction last reported a new state of the order. */
function lastHeard({ heardAt, arrivals }: OrderRecord): Instant | null {
  return latest([heardAt, ...arrivals.map(({ at }) => at)]);
}

function standingsOf(held: Held): Map<string, Standing> {
  return new Map([...held].flatMap(([id, standing]) => (standing ? [[id, standing]] : [])));
}

/** The transactions that change. Marks of a redraw move together with its order. */
function writesOf(
  changed: ReadonlyMap<string, Standing>,
  held: Held,
  heardAt: Instant | null,
  clocks: Clocks,
): TransactionWrite[] {
  return [...changed].flatMap(([id, { contributions, departures }]) => {
    const read = held.get(id) ?? null;
    const next = nextHeld({ id, contributions, departures, after: read, heardAt }, clocks, {
      ...movedMarks(id, held),
      ...movedLastMessage(id, held),
      ...movedHandling(id, changed, held),
    });
    return read && isSame(read, next) ? [] : [{ next, read }];
  });
}

/** The marks of another transaction if this one has none. They hold only if they apply to the same redraw. */
function movedMarks(id: string, held: Held): Pick<TransactionMarks, 'marks'> | undefined {
  const marksOf = (one: HeldTransaction | null | undefined) =>
    one && !isEmptied(one) && one.marks.progress !== null ? one.marks : null;
  if (held.size === 1 || marksOf(held.get(id))) return undefined;
  const [marks] = [...held].flatMap(([other, one]) => (other === id ? [] : (marksOf(one) ?? [])));
  return marks && { marks };
}

/** What the patient was told before the order came to a new transaction. */
function movedLastMessage(id: string, held: Held): Pick<TransactionMarks, 'told'> | undefined {
  if (held.size === 1 || held.get(id)) return undefined;
  const [told] = [...held.values()].flatMap((one) => (one && !isEmptied(one) && one.told ? [one.told] : []));
  return told && { told };
}

/**
 * The owner and the last contact of a transaction that orders leave for this one, if this one has none. Only orders that leave
 * now bring them, so that an owner that was removed does not come back. The notes stay where they are, and are found from here.
 */
function movedHandling(
  id: string,
  changed: ReadonlyMap<string, Standing>,
  held: Held,
): Pick<TransactionMarks, 'assignment' | 'contact'> {
  const own = held.get(id);
  const ordersHere = Object.keys(changed.get(id)?.contributions ?? {});
  const brought = [...held].flatMap(([other, one]) => {
    if (other === id || !one || isEmptied(one)) return [];
    const left = Object.keys(one.contributions).filter(
      (orderId) => !(orderId in (changed.get(other) ?? one).contributions),
    );
    return left.some((orderId) => ordersHere.includes(orderId)) ? [one] : [];
  });
  const known = own && !isEmptied(own) ? own : null;
  const [from] = brought.filter(({ assignment }) => assignment);
  const [contacted] = brought.filter(({ contact }) => contact);
  return {
    ...(!known?.assignment && from && { assignment: from.assignment }),
    ...(!known?.contact && contacted && { contact: contacted.contact }),
  };
}

function isSame(read: HeldTransaction, next: HeldTransaction): boolean {
  return isDeepStrictEqual({ ...read, revision: 0 }, { ...next, revision: 0 });
}

/**
 * Writes a claim to each order that this one lists, because its own payloads may name no transaction. An order with an own
 * claim, or with a claim of a listing at least as new, is not written.
 */
async function claimListed(table: Table, record: OrderRecord, held: Contributions): Promise<void> {
  for (const [orderId, claim] of listedClaims(record.id, record.listings)) {
    const known = held[orderId];
    const isKnown = known?.claimed_by === 'own' || (known?.listed_rank ?? '') >= claim.rank;
    if (!isKnown) await writeListedClaim(table, orderId, claim);
  }
  for (const [orderId, claim] of listedClaims(record.id, record.refutedListings)) {
    await retractListedClaim(table, orderId, claim);
  }
}

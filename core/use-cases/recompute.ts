import { isDeepStrictEqual } from 'node:util';
import { type Pause, retryOnConflict } from '../concurrency/retry.ts';
import { formerHomesOf, homeOf, listedClaims } from '../domain/order/membership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import { contributionOf } from '../domain/transaction/contribution.ts';
import { place, placeApart, type Standing, setApartIn } from '../domain/transaction/placement.ts';
import {
  type Clocks,
  type HeldTransaction,
  isEmptied,
  nextHeld,
  type TransactionMarks,
} from '../domain/transaction/revision.ts';
import type { Contributions } from '../domain/transaction/transaction-orders.ts';
import { writeListedClaim } from '../store/orders.ts';
import type { Table } from '../store/table.ts';
import { readHeld, type TransactionWrite, writeTransactions } from '../store/transactions.ts';

export interface Projection {
  readonly table: Table;
  readonly clocks: Clocks;
  readonly pause: Pause;
}

/** What a recompute did, for the log: `outdated` means that a newer version of the record was there before. */
export type RecomputeOutcome = 'written' | 'unchanged' | 'outdated';

/**
 * Brings an order's record into the transaction it belongs to, and takes the order out of every other one. All of it
 * is one write, guarded by what was read, so that no order is ever in two transactions. Ordinary orders, which no other
 * transaction ever claimed, cost one read and at most one write.
 */
export async function recompute(projection: Projection, record: OrderRecord): Promise<RecomputeOutcome> {
  return retryOnConflict(projection.pause, () => bringHome(projection, record));
}

type Held = Map<string, HeldTransaction | null>;

async function bringHome(
  { table, clocks }: Projection,
  record: OrderRecord,
): Promise<RecomputeOutcome | 'conflict'> {
  const home = homeOf(record);
  const formerHomes = formerHomesOf(record);
  const held: Held = new Map();
  for (const id of [home, ...formerHomes]) held.set(id, await readHeld(table, id));
  await claimListed(table, record, held.get(home)?.contributions ?? {});
  const order = { id: record.id, home, formerHomes, contribution: contributionOf(record) };
  const moved = place(order, standingsOf(held));
  if (!moved) return 'outdated';
  for (const id of setApartIn(standingsOf(held), moved)) {
    if (!held.has(id)) held.set(id, await readHeld(table, id));
  }
  const writes = writesOf(placeApart(moved, standingsOf(held)), held, clocks);
  if (writes.length === 0) return 'unchanged';
  // What another transaction says decides over this write too: an order may be set apart there.
  const written = new Set(writes.map(({ next }) => next.id));
  const unchanged = [...held].filter(([id]) => !written.has(id)).map(([id, read]) => ({ id, read }));
  return writeTransactions(table, writes, unchanged);
}

function standingsOf(held: Held): Map<string, Standing> {
  return new Map([...held].flatMap(([id, standing]) => (standing ? [[id, standing]] : [])));
}

/** The transactions that come out other than they are held. What people set on a redraw goes along with its order. */
function writesOf(changed: ReadonlyMap<string, Standing>, held: Held, clocks: Clocks): TransactionWrite[] {
  return [...changed].flatMap(([id, { contributions, departures }]) => {
    const read = held.get(id) ?? null;
    const next = nextHeld({ id, contributions, departures, after: read }, clocks, marksBrought(id, held));
    return read && isSame(read, next) ? [] : [{ next, read }];
  });
}

/** The marks of another transaction, where this one has none: they hold only if they are about the same redraw. */
function marksBrought(id: string, held: Held): Pick<TransactionMarks, 'marks'> | undefined {
  const marksOf = (one: HeldTransaction | null | undefined) =>
    one && !isEmptied(one) && one.marks.progress !== null ? one.marks : null;
  if (held.size === 1 || marksOf(held.get(id))) return undefined;
  const [marks] = [...held].flatMap(([other, one]) => (other === id ? [] : (marksOf(one) ?? [])));
  return marks && { marks };
}

function isSame(read: HeldTransaction, next: HeldTransaction): boolean {
  return isDeepStrictEqual({ ...read, revision: 0 }, { ...next, revision: 0 });
}

/**
 * Writes to the orders that this one lists that it claims them for their transaction: their own payloads may come without
 * one. An order that its own payload claims, or a listing at least as new, needs no writing.
 */
async function claimListed(table: Table, record: OrderRecord, held: Contributions): Promise<void> {
  for (const [orderId, claim] of listedClaims(record.id, record.listings)) {
    const known = held[orderId];
    const isKnown = known?.claimed_by === 'own' || (known?.listed_rank ?? '') >= claim.rank;
    if (!isKnown) await writeListedClaim(table, orderId, claim);
  }
}

import { type Contribution, contributionOf } from '../../domain/members/contribution.ts';
import { ownershipOf } from '../../domain/members/ownership.ts';
import type { Departures, Standing } from '../../domain/members/standing.ts';
import { formerHomesOf, homeOf } from '../../domain/order/membership.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import type { Item, Table } from '../../store/table.ts';
import {
  departuresIn,
  ordersNamedBy,
  readRawTransaction,
} from '../../store/transactions/damaged-transactions.ts';
import { type Members, membersOf } from './rebuild-members.ts';

/** The orders that a transaction holds according to their records, and those that have left it. */
export async function standingOf(
  table: Table,
  id: string,
  item: Item | null,
  { records, strangers }: Members,
): Promise<Standing> {
  const contributions: Record<string, Contribution> = {};
  for (const record of records) contributions[record.id] = contributionOf(record);
  const departures: Record<string, number> = {};
  const noted = item ? departuresIn(item) : {};
  const listed = new Set(records.flatMap(({ snapshot }) => Object.keys(snapshot?.report?.orders ?? {})));
  for (const stranger of strangers) {
    const home = homeOf(stranger);
    if (stranger.id === id && (await isSetApart(table, stranger, strangers))) {
      contributions[id] = { ...contributionOf(stranger), apart_from: home };
    } else if (
      stranger.id in noted ||
      formerHomesOf(stranger).includes(id) ||
      // It would look as if it were missing. A recompute would have written a claim for it.
      (stranger.claims.own && listed.has(stranger.id))
    ) {
      departures[stranger.id] = departureOf(stranger, noted);
    }
  }
  return { contributions, departures };
}

/** The version that the transaction noted when the order left. A version beyond that of the record would keep it out forever. */
function departureOf({ id, version }: OrderRecord, noted: Departures): number {
  const held = noted[id];
  return held !== undefined && held >= 1 && held <= version ? held : version;
}

/** Whether the transaction that an order belongs to sets it apart, according to the records there and not to the stored item. */
async function isSetApart(table: Table, order: OrderRecord, known: readonly OrderRecord[]): Promise<boolean> {
  const home = homeOf(order);
  const item = await readRawTransaction(table, home);
  const candidates = [...(item ? ordersNamedBy(item) : []), ...known.map(({ id }) => id)];
  const { records } = await membersOf(table, home, candidates, true);
  const contributions = Object.fromEntries(records.map((record) => [record.id, contributionOf(record)]));
  return ownershipOf(contributions).apart.has(order.id);
}

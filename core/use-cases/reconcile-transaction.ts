import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../domain/instant.ts';
import { arrivalOf } from '../domain/order/arrivals.ts';
import { claimedTransaction } from '../domain/order/membership.ts';
import { distinctEvents } from '../domain/order/order-event.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import { isSameAnswer } from '../domain/order/rank.ts';
import { lifecycleStage } from '../domain/order/status.ts';
import type { Contribution } from '../domain/transaction/contribution.ts';
import type { StoredTransaction } from '../domain/transaction/revision.ts';
import type { JunctionClient, ListedOrder } from '../junction/client.ts';
import { digest } from '../junction/digest.ts';
import { JunctionUnavailable } from '../junction/unavailable.ts';
import { readOrder, writeAppointment, writeOrder, writeToldMarkers } from '../store/orders.ts';
import type { Table } from '../store/table.ts';
import { readTransaction } from '../store/transactions.ts';
import { type Projection, recompute } from './recompute.ts';

/** Which orders are asked about: those of which a webhook must be missing, or every one. */
export type Thoroughness = 'what_differs' | 'every_order';

/**
 * Asks Junction about a transaction and joins what it says, as its webhooks would have. Whatever was new is in the
 * transaction when this returns. Gives whether it told of anything that a webhook should have. Throws
 * JunctionUnavailable, also where Junction knows nothing of what was heard from it before.
 */
export async function heal(
  projection: Projection,
  api: JunctionClient,
  stored: StoredTransaction,
  now: Instant,
  thoroughness: Thoroughness = 'what_differs',
): Promise<boolean> {
  const { table } = projection;
  const told = stored.provisional ? null : await api.transactionOrders(stored.id);
  const listed = told ?? [];
  const ids = new Set([...stored.orders, ...listed].map(({ id }) => id));
  let known = told !== null;
  let healed = false;
  for (const id of ids) {
    if (thoroughness === 'what_differs' && !isWorthAsking(id, stored, listed)) continue;
    const isListed = listed.some((order) => order.id === id);
    const outcome = await healOrder(table, api, id, { stored, isListed }, now);
    if (outcome !== 'not_known') known = true;
    if (outcome === 'healed') healed = true;
  }
  if (!known && isHeardOf(stored)) {
    throw new JunctionUnavailable("Junction's API knows nothing of it", 'not_known');
  }
  if (await healAppointment(table, api, stored, now)) healed = true;
  const listedIds = listed.map(({ id }) => id);
  await catchUp(projection, stored, listedIds);
  // What was just brought in may have made markers wanted.
  const current = await readTransaction(table, stored.id);
  if (current && (await askForMarkers(table, api, current))) await catchUp(projection, current, listedIds);
  return healed;
}

/**
 * Brings a transaction up to what its orders' items hold. The stream does so too, but may be behind: what is decided
 * next has to know what was received before. Gives whether the transaction was behind.
 */
export async function catchUp(
  projection: Projection,
  stored: StoredTransaction,
  more: readonly string[] = [],
): Promise<boolean> {
  let behind = false;
  const held = stored.orders.map(({ id }) => id);
  for (const id of new Set([...held, ...more])) {
    const record = await readOrder(projection.table, id);
    const contribution = stored.contributions[id];
    if (!record || record.version === contribution?.version) continue;
    behind = true;
    await recompute(projection, record);
  }
  return behind;
}

/** Whether any order of it was told of by Junction itself, and not only registered. */
function isHeardOf({ contributions }: StoredTransaction): boolean {
  return Object.values(contributions).some((contribution) => contribution.low_level_status !== null);
}

/** Whether a webhook of the order must be missing, or its state can change without one. */
function isWorthAsking(id: string, stored: StoredTransaction, listed: readonly ListedOrder[]): boolean {
  const told = listed.find((order) => order.id === id);
  const recorded = stored.contributions[id];
  if (!told || !recorded || recorded.low_level_status === null) return true;
  // The dates of a result come without an event; Junction's own word comes with any order.
  return id === stored.redraw?.order_id || stored.diverges || isNewer(told, recorded);
}

/** Compared with the order's own record: what siblings say of it does not bring what its own webhook would. */
function isNewer(told: ListedOrder, recorded: Contribution): boolean {
  const [toldAt, heldAt] = [told.status_at ?? '', recorded.low_level_status_created_at ?? ''];
  if (toldAt !== heldAt) return toldAt > heldAt;
  return lifecycleStage(told.status) > lifecycleStage(recorded.low_level_status);
}

async function healOrder(
  table: Table,
  api: JunctionClient,
  id: string,
  { stored, isListed }: { readonly stored: StoredTransaction; readonly isListed: boolean },
  now: Instant,
): Promise<'healed' | 'as_held' | 'not_known'> {
  const answer = await api.order(id, now, digest);
  if (!answer) return 'not_known';
  // The list that led here says where the order belongs, where the order itself does not.
  const facts = { ...answer, transactionId: answer.transactionId ?? (isListed ? stored.id : null) };
  const before = await readOrder(table, id);
  if (before?.rank && isSameAnswer(before.rank, facts.rank)) return 'as_held';
  const outcome = await writeOrder(table, facts, arrivalOf(facts.events, 'api', now), 'api');
  if (outcome === 'duplicate' || outcome === 'superseded') return 'as_held';
  const after = await readOrder(table, id);
  const isSame = isDeepStrictEqual(knownFrom(before, stored), knownFrom(after, stored));
  return isSame ? 'as_held' : 'healed';
}

/**
 * What an order's record holds that a webhook should have brought. That Junction was asked is no news, nor what the answer
 * says of other orders, which are asked about themselves, nor Junction's status of the transaction where ours is the same.
 */
function knownFrom(record: OrderRecord | null, { diverges }: StoredTransaction) {
  if (!record?.snapshot) return null;
  const { snapshot, events, futureEvents, clientUser } = record;
  return {
    ...{ ...snapshot, report: diverges ? snapshot.report : null },
    events: distinctEvents(events),
    futureEvents,
    clientUser,
    claimed: claimedTransaction(record),
  };
}

/** What is booked decides how long to wait for the draw; no other answer of Junction's tells of it. */
async function healAppointment(
  table: Table,
  api: JunctionClient,
  { redraw }: StoredTransaction,
  now: Instant,
): Promise<boolean> {
  if (!redraw?.order_id || redraw.stage === null || redraw.stage === 'awaiting_result') return false;
  const facts = await api.appointment(redraw.order_id, now, digest);
  if (!facts) return false;
  const held = (await readOrder(table, facts.orderId))?.appointments.find(
    ({ id }) => id === facts.appointment.id,
  );
  const outcome = await writeAppointment(table, facts, 'api');
  return outcome !== 'duplicate' && outcome !== 'superseded' && !isDeepStrictEqual(held, facts.appointment);
}

/**
 * Asks which markers the results lack, where that is wanted. While there are no results, there is no answer. Gives whether
 * anything was written.
 */
async function askForMarkers(
  table: Table,
  api: JunctionClient,
  { id, orders, provisional, markers_wanted_of: wanted }: StoredTransaction,
): Promise<boolean> {
  const asOf = orders.find((order) => order.id === wanted)?.low_level_status_created_at;
  if (!wanted || !asOf || provisional) return false;
  const markers = await api.missingResults(id);
  if (!markers) return false;
  return (await writeToldMarkers(table, wanted, { as_of: asOf, markers })) === 'applied';
}

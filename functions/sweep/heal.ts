import type { Instant } from '../domain/instant.ts';
import { lifecycleStage } from '../domain/status.ts';
import type { TransactionOrder } from '../domain/transaction-orders.ts';
import type { JunctionApi, ListedOrder } from '../junction/api.ts';
import { digest } from '../junction/digest.ts';
import { type Projection, recompute } from '../projection/recompute.ts';
import { nameTransaction, readOrder, writeOrder, writeToldMarkers } from '../store/orders.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';

/**
 * Asks Junction about a transaction and joins what it says, as its webhooks would have. Whatever was new is in the
 * transaction when this returns. Gives whether it told of anything that a webhook should have. Throws
 * JunctionUnavailable.
 */
export async function heal(
  projection: Projection,
  api: JunctionApi,
  stored: StoredTransaction,
  now: Instant,
): Promise<boolean> {
  const listed = stored.provisional ? [] : ((await api.transactionOrders(stored.id)) ?? []);
  let healed = false;
  for (const id of ordersToAskFor(stored, listed)) {
    if (await healOrder(projection, api, id, stored, now)) healed = true;
  }
  await askForMarkers(projection, api, stored);
  return healed;
}

/** Those of which a webhook must be missing, or whose state can change without one. */
function ordersToAskFor(stored: StoredTransaction, listed: readonly ListedOrder[]): string[] {
  const held = new Map(stored.orders.map((order) => [order.id, order]));
  const ids = new Set([...held.keys(), ...listed.map((order) => order.id)]);
  return [...ids].filter((id) => {
    const order = held.get(id);
    const told = listed.find((candidate) => candidate.id === id);
    const recorded = stored.contributions[id];
    if (!order || !told || !recorded || recorded.low_level_status === null) return true;
    // The dates of a result come without an event; Junction's own word comes with any order.
    return id === stored.redraw?.order_id || stored.diverges || isNewer(told, order);
  });
}

function isNewer(told: ListedOrder, held: TransactionOrder): boolean {
  const [toldAt, heldAt] = [told.status_at ?? '', held.low_level_status_created_at ?? ''];
  if (toldAt !== heldAt) return toldAt > heldAt;
  return lifecycleStage(told.status) > lifecycleStage(held.low_level_status);
}

async function healOrder(
  projection: Projection,
  api: JunctionApi,
  id: string,
  stored: StoredTransaction,
  now: Instant,
): Promise<boolean> {
  const { table } = projection;
  const facts = await api.order(id, now, digest);
  if (!facts) return false;
  const before = await readOrder(table, id);
  const outcome = await writeOrder(table, facts);
  if (!stored.provisional && !facts.transactionIds.includes(stored.id))
    await nameTransaction(table, id, stored.id);
  if (outcome !== 'applied' && outcome !== 'merged') return false;
  // The stream brings the change too, but only later: what is decided next has to know it already.
  const after = await readOrder(table, id);
  if (after) await recompute(projection, after, before);
  return true;
}

/** Asks which markers the results miss, where that is wanted. While there are no results, there is no answer. */
async function askForMarkers(
  projection: Projection,
  api: JunctionApi,
  stored: StoredTransaction,
): Promise<void> {
  const { table } = projection;
  const wanted = stored.redraw?.markers_wanted_of;
  const asOf = stored.orders.find((order) => order.id === wanted)?.low_level_status_created_at;
  if (!wanted || !asOf || stored.provisional) return;
  const markers = await api.missingResults(stored.id);
  if (!markers) return;
  const before = await readOrder(table, wanted);
  await writeToldMarkers(table, wanted, { as_of: asOf, markers });
  const after = await readOrder(table, wanted);
  if (after) await recompute(projection, after, before);
}

import { parseInstant } from '../../domain/instant.ts';
import type { Discard } from '../../domain/order/discard.ts';
import type { MatchReview } from '../../domain/order/match-review.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { JunctionClient } from '../../junction/client.ts';
import { discardMatchReview } from '../../store/match-reviews/match-reviews.ts';
import { storeDiscard } from '../../store/orders/discard.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { displayedTransaction } from '../displayed-transaction.ts';
import { type Actor, changeTransaction, historyEntry } from '../handling/change-transaction.ts';
import { type Projection, recompute } from '../recompute.ts';
import { isKeyProven } from '../reconcile/junction-guard.ts';

export interface DiscardContext {
  readonly projection: Projection;
  readonly junction: JunctionClient;
  readonly now: Date;
}

export interface DiscardRequest extends Actor {
  readonly note: string;
}

/** What is to be discarded can still be true. */
class NotDiscardable extends RequestRefused {
  override readonly name = 'NotDiscardable';
  override readonly kind = 'conflict';
}

const KNOWN = 'Junction still knows it, so it cannot be discarded.';
const UNPROVEN =
  'Junction does not know it, but the configured API key may belong to another team or environment, so it cannot be discarded.';
const CHANGED = 'Junction has just spoken of it, so it was not discarded. Look at it again.';

/**
 * Takes an order that Junction does not know out of its transaction and off every list, until Junction speaks of it again. The
 * history of its transaction says who did so. Repeating the request changes nothing.
 *
 * @throws NotDiscardable
 * @throws JunctionUnavailable
 */
export async function discardOrder(
  context: DiscardContext,
  record: OrderRecord,
  request: DiscardRequest,
): Promise<OrderRecord> {
  if (record.discarded) return record;
  const { table } = context.projection;
  await requireUnknown(context, record.snapshot?.team_id ?? null, [record.id]);
  const showing = await displayedTransaction(table, record);
  if (showing) await noteDiscard(context, showing.id, request);
  return takeOut(context, record, request);
}

/**
 * Discards all orders of a transaction, if Junction knows neither it nor one of them.
 *
 * @returns the ids of the orders
 * @throws NotDiscardable
 * @throws JunctionUnavailable
 */
export async function discardTransaction(
  context: DiscardContext,
  stored: StoredTransaction,
  request: DiscardRequest,
): Promise<string[]> {
  const { projection, junction } = context;
  const ids = stored.orders.map(({ id }) => id);
  if (!stored.provisional && (await junction.transactionOrders(stored.id))) throw new NotDiscardable(KNOWN);
  await requireUnknown(context, stored.team_id, ids);
  await noteDiscard(context, stored.id, request);
  for (const id of ids) {
    const record = await readOrder(projection.table, id);
    if (record && !record.discarded) await takeOut(context, record, request);
  }
  return ids;
}

/**
 * Takes a match review that Junction does not know off every list, until Junction speaks of it again.
 *
 * @throws NotDiscardable
 * @throws JunctionUnavailable
 */
export async function discardReview(
  { projection: { table }, junction, now }: DiscardContext,
  review: MatchReview,
  request: DiscardRequest,
): Promise<void> {
  if (await junction.knowsUnmatchedResult(review.id)) throw new NotDiscardable(KNOWN);
  if (!(await isKeyProven(table, junction, review.team_id))) throw new NotDiscardable(UNPROVEN);
  if (!(await discardMatchReview(table, review, discardOf(request, now)))) throw new NotDiscardable(CHANGED);
}

async function requireUnknown(
  { projection: { table }, junction }: DiscardContext,
  team: string | null,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) if (await junction.order(id)) throw new NotDiscardable(KNOWN);
  if (!(await isKeyProven(table, junction, team))) throw new NotDiscardable(UNPROVEN);
}

async function noteDiscard(
  { projection, now }: DiscardContext,
  transactionId: string,
  { note, ...actor }: DiscardRequest,
): Promise<void> {
  await changeTransaction(projection, transactionId, (stored) => ({
    set: {},
    entry: historyEntry(stored, actor, now, { kind: 'discarded', text: note }),
  }));
}

async function takeOut(
  { projection, now }: DiscardContext,
  record: OrderRecord,
  request: DiscardRequest,
): Promise<OrderRecord> {
  const { table } = projection;
  const written = await storeDiscard(table, record, discardOf(request, now));
  if (written === 'conflict') throw new NotDiscardable(CHANGED);
  const stored = (await readOrder(table, record.id)) ?? record;
  // The stream does this too, but the caller wants to see it gone.
  await recompute(projection, stored);
  return stored;
}

const discardOf = ({ by, caller, note }: DiscardRequest, now: Date): Discard => ({
  at: parseInstant(now.toISOString()) ?? '',
  by,
  caller,
  note,
});

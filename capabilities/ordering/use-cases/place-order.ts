import { createHash, createHmac } from 'node:crypto';
import type { Caller } from '../../../core/domain/caller.ts';
import { type Instant, later, parseInstant } from '../../../core/domain/instant.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { displayedTransactionId } from '../../../core/use-cases/team-visibility.ts';
import type { AnsweredOrder } from '../junction/ordering-client.ts';
import { JunctionRefused } from '../junction/refused.ts';
import { orderFaults } from '../rules/order-faults.ts';
import { draftOf } from '../rules/order-request.ts';
import type { Placement, PlacementState } from '../rules/placement.ts';
import { readPlacement, writePlacement } from '../store/placements.ts';
import { explainUnknownOutcome } from './explain-unknown-outcome.ts';
import { joinPlacedOrder } from './join-answer.ts';
import { circumstancesOf } from './look-up-circumstances.ts';
import type { OrderingContext } from './ordering-context.ts';
import { invalid, OrderingRefused, refusedByJunction } from './refusals.ts';

export interface PlacingRequest {
  /** The body of Junction's `POST /v3/order`. */
  readonly body: unknown;
  /** The caller's idempotency key. */
  readonly key: string;
  readonly caller: Caller;
}

export interface Placed {
  /** Junction's order as it answered, with patient data: passed on, never stored. */
  readonly order: AnsweredOrder['json'];
  readonly transactionId: string;
}

/** No function runs longer than this (ms), so that an older placement without an outcome was interrupted. */
const IN_PROGRESS = 60_000;
/** Junction keeps idempotency keys for at least 24 hours (ms). An hour is left for the clocks. */
const JUNCTION_KEEPS = 23 * 3_600_000;

/**
 * Places an order with Junction and stores both its ids. The same key gives the same order, whatever happened in between: a
 * placement that was interrupted is resumed under the same key at Junction, which replays what it did.
 *
 * @throws OrderingRefused for a request that is wrong, repeated too early, or not the same as before
 * @throws JunctionUnavailable if Junction gives no usable answer; the same request may then be repeated
 */
export async function placeOrder(context: OrderingContext, request: PlacingRequest): Promise<Placed> {
  const { table, clock } = context;
  const now = instantOf(clock());
  const id = placementId(request);
  const bodyDigest = digestOf(request, context.team);
  const held = await readPlacement(table, id);
  if (held) await assertRepeat(context, held, { ...request, bodyDigest, now });
  // A resumed request may already have succeeded, so today's rules do not apply.
  else assertValid(orderFaults(request.body, await circumstancesOf(context, request.body)));
  if (held?.state === 'done' && held.order_id !== null) return placedBefore(context, held.order_id, request);
  const started = await writePlacement(
    table,
    {
      id,
      digest: bodyDigest,
      state: 'started',
      first_at: firstAsked(held, now),
      started_at: now,
      order_id: null,
    },
    held,
  );
  if (!started) throw inProgress();
  return place(context, request, started, held !== null);
}

/** Asks Junction, stores its answer, and notes the outcome. */
async function place(
  context: OrderingContext,
  { body }: PlacingRequest,
  started: Placement,
  isResumed: boolean,
): Promise<Placed> {
  const { projection, junction, table, clock } = context;
  try {
    const subject = subjectOf(body);
    const placed = await junction.placeOrder({
      body,
      idempotencyKey: started.id,
      subject,
      now: instantOf(clock()),
    });
    // What Junction replays is the order as it was when it was placed.
    const current = isResumed
      ? await junction.order(placed.facts.id, instantOf(clock()), { userId: subject.userId })
      : null;
    const { json, facts } = current ?? placed;
    const record = await joinPlacedOrder(projection, facts);
    await writePlacement(table, { ...started, state: 'done', order_id: facts.id }, started);
    return { order: json, transactionId: await shownIn(context, record) };
  } catch (error) {
    // Junction answers 409 while it works on the same key.
    const isRefused = error instanceof JunctionRefused && error.status !== 409;
    await noteEnd(context, started, isRefused ? 'refused' : 'interrupted');
    if (error instanceof JunctionRefused)
      throw isRefused ? refusedByJunction(error, 'order', 'invalid') : inProgress();
    throw error;
  }
}

/** Without this record, the next request with the key has to wait until this one has certainly ended. */
async function noteEnd(
  { table }: OrderingContext,
  started: Placement,
  state: Exclude<PlacementState, 'started' | 'done'>,
) {
  try {
    await writePlacement(table, { ...started, state }, started);
  } catch {
    // The caller must get the first error.
  }
}

/** The answer for a key whose order is placed: the order as Junction has it now. */
async function placedBefore(
  context: OrderingContext,
  orderId: string,
  { body }: PlacingRequest,
): Promise<Placed> {
  const { table, junction, clock } = context;
  const [answered, record] = await Promise.all([
    junction.order(orderId, instantOf(clock()), { userId: subjectOf(body).userId }),
    readOrder(table, orderId),
  ]);
  if (!answered || !record)
    throw new JunctionUnavailable("Junction's API does not know the order", 'not_known');
  return { order: answered.json, transactionId: await shownIn(context, record) };
}

/** The transaction that shows the order: a provisional one if Junction named none. */
const shownIn = async ({ table }: OrderingContext, record: OrderRecord) =>
  (await displayedTransactionId({ table }, record)) ?? record.id;

async function assertRepeat(
  context: OrderingContext,
  held: Placement,
  { body, bodyDigest, now }: PlacingRequest & { readonly bodyDigest: string; readonly now: Instant },
): Promise<void> {
  if (held.digest !== bodyDigest) {
    throw new OrderingRefused(
      'not_a_repeat',
      'This Idempotency-Key was used with a different body. Use a new key for a new order.',
    );
  }
  if (held.state === 'started' && now < later(held.started_at, IN_PROGRESS)) throw inProgress();
  const isOpen = held.state === 'started' || held.state === 'interrupted';
  if (!isOpen || now < later(held.first_at, JUNCTION_KEEPS)) return;
  // The body of a placement is valid.
  throw await explainUnknownOutcome(context, held, subjectOf(body).userId);
}

/** The patient and the lab test that a valid body orders; null for several, or with an add-on. */
function subjectOf(body: unknown) {
  const { labTestIds, addOn } = draftOf(body);
  const [labTestId = null, ...others] = labTestIds;
  const isCatalogued = others.length === 0 && addOn === null;
  const { user_id: userId } = body as { readonly user_id: string };
  return { userId, labTestId: isCatalogued ? labTestId : null };
}

function assertValid(faults: ReturnType<typeof orderFaults>): void {
  if (faults.length > 0) throw invalid(faults);
}

function inProgress(): OrderingRefused {
  return new OrderingRefused(
    'conflict',
    'A request with this Idempotency-Key is in progress. Repeat it in a minute to get its response.',
    { retryAfter: IN_PROGRESS / 1_000 },
  );
}

/** Junction keeps the key from the first request on. A refused request had no effect. */
const firstAsked = (held: Placement | null, now: Instant) =>
  held && held.state !== 'refused' ? held.first_at : now;

/** Callers choose keys independently of each other. The digest is also the key at Junction, and says nothing of the caller's. */
function placementId({ caller, key }: PlacingRequest): string {
  const { subject, client_id } = caller;
  return createHash('sha256')
    .update(JSON.stringify([subject ?? client_id, key]))
    .digest('hex')
    .slice(0, 40);
}

/** The caller's key is not stored, so nobody who reads the digest can try out bodies. */
function digestOf({ body, key }: PlacingRequest, team: string | null): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(team === null ? sorted(body) : [team, sorted(body)]))
    .digest('base64url');
}

/** The same value with sorted keys: a repeat may write them in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

const instantOf = (date: Date): Instant => parseInstant(date.toISOString()) ?? '';

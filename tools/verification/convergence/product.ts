/**
 * The product as the oracle sees it: the webhook function's processing of a body, the store's own commands on a table
 * in memory, and the processing of the changes on the stream.
 */

import { isDeepStrictEqual } from 'node:util';
import { showOrder } from '../../../core/api/orders/representation.ts';
import { showTransaction } from '../../../core/api/transactions/representation.ts';
import { parseInstant } from '../../../core/domain/instant.ts';
import { isSetApart } from '../../../core/domain/members/ownership.ts';
import { claimedTransaction } from '../../../core/domain/order/membership.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { RequestRefused } from '../../../core/domain/request-refused.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { UNMARKED } from '../../../core/domain/transaction/acknowledgement.ts';
import { orderFacts, orderPayload } from '../../../core/junction/order-payload.ts';
import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import { readOrThrow } from '../../../core/reading/reading.ts';
import { readOrderItem } from '../../../core/store/orders/order-item.ts';
import { writeAnswer } from '../../../core/store/orders/write-answer.ts';
import { writeAppointment } from '../../../core/store/orders/write-appointment.ts';
import { writeOrder } from '../../../core/store/orders/write-order.ts';
import { isOfKind } from '../../../core/store/table-layout.ts';
import { intactStored } from '../../../core/store/transactions/damaged-transactions.ts';
import type { Projection } from '../../../core/use-cases/recompute.ts';
import { register } from '../../../core/use-cases/register-order.ts';
import { CLOCKS } from '../../../test/clocks.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import { type Change, MemoryTable } from '../memory-table/memory-table.ts';
import { numbers } from '../oracle/orders-of-delivery.ts';
import type { PublicationJudge } from '../oracle/publications/judge.ts';
import type { Delivery, Fact, Registration } from '../oracle/reading/facts.ts';
import { OrderChanges, type Waiting } from './order-changes.ts';
import { publicationsOf } from './publications-of.ts';

export interface ProductState {
  /** By order id, in the form of GET order. */
  orders: Map<string, unknown>;
  /** By transaction id, in the form of GET transaction. */
  transactions: Map<string, unknown>;
}

const HOUR = 3_600_000;

const read = new WeakMap<Delivery, WebhookMessage>();

/** The content of a delivery. Repetitions have the same content, so it is read once. */
function messageOf(delivery: Delivery): WebhookMessage {
  const known = read.get(delivery) ?? readMessage(delivery);
  read.set(delivery, known);
  return known;
}

function readMessage({ body, receivedAt, askedAt }: Delivery): WebhookMessage {
  const at = parseInstant(receivedAt) ?? '';
  if (askedAt === undefined) return readWebhook(body, at);
  // Junction's API returns the order without an envelope.
  const order = readOrThrow(orderPayload, JSON.parse(body));
  const nobody = { user_id: null, client_user_id: null, team_id: null };
  return {
    kind: 'order',
    facts: orderFacts(order, nobody, parseInstant(askedAt) ?? ''),
  };
}

/** The resulting state, and the accepted facts. A refused registration is not one of them. */
export interface Ended {
  readonly state: ProductState;
  readonly accepted: readonly Registration[];
  /** What was published although it was false. */
  readonly said: readonly string[];
}

/**
 * Applies the facts one at a time, in this order. `seed` decides when recomputes run in between: a recompute may lag
 * behind, but all of them run in the end, and those of one order keep their order.
 */
export async function replay(
  facts: readonly Fact[],
  seed: number,
  judge: PublicationJudge | null = null,
): Promise<Ended> {
  const course = new Course(judge);
  const next = numbers(seed);
  for (const fact of facts) await course.take(fact, next);
  return course.end(next);
}

/** Facts that arrive one at a time: the table that they have made, and the changes not yet processed. */
export class Course {
  readonly #table: MemoryTable;
  readonly #stream: OrderChanges;
  readonly #accepted: Registration[];
  readonly #judge: PublicationJudge | null;
  #arrived: readonly Fact[];
  /** False publications so far. */
  #said: readonly string[];

  /** @param judge of what is published on the way */
  constructor(
    judge: PublicationJudge | null = null,
    { table = new MemoryTable(), waiting = new Map(), accepted = [], arrived = [], said = [] }: Midway = {},
  ) {
    this.#table = table;
    this.#accepted = accepted;
    this.#judge = judge;
    this.#arrived = arrived;
    this.#said = said;
    this.#stream = new OrderChanges(projectionOn(table), waiting);
    table.onChange = (change) => {
      this.#stream.add(change);
      if (judge) this.#listen(change);
    };
  }

  /** An independent copy in the same state. */
  copy(): Course {
    const table = new MemoryTable(this.#table.items);
    const [accepted, arrived, said] = [[...this.#accepted], this.#arrived, this.#said];
    return new Course(this.#judge, { table, waiting: this.#stream.waiting, accepted, arrived, said });
  }

  #listen(change: Change): void {
    for (const publication of publicationsOf(change, this.#judge?.watchingSince ?? null)) {
      const fault = this.#judge?.faultOf(publication, this.#arrived, this.#stream.orders);
      if (fault) this.#said = [...this.#said, fault];
    }
  }

  /** Applies a fact, then runs as many recomputes as are drawn: none, one or two. */
  async take(fact: Fact, next: () => number): Promise<void> {
    if ('body' in fact) {
      if (!this.#arrived.includes(fact)) this.#arrived = [...this.#arrived, fact];
      await deliver(this.#table, fact);
    } else await this.#register(fact);
    for (let steps = next() % 3; steps > 0; steps -= 1) await this.#stream.step(next());
  }

  /** The times of registrations follow their order of arrival. */
  async #register(registration: Registration): Promise<void> {
    const { orderId, transactionId, userId, clientUserId } = registration;
    const time = new Date(Date.parse(FIRST_REGISTERED) + this.#accepted.length * HOUR);
    const registering = { transaction_id: transactionId, user_id: userId, client_user_id: clientUserId };
    const fact = { ...registration, at: parseInstant(time.toISOString()) ?? '' };
    const accepted = await register(projectionOn(this.#table), orderId, registering, time).catch(
      whereRefused,
    );
    const before = this.#accepted.findLast((one) => one.orderId === orderId);
    // A repeated registration is not a new one.
    if (!accepted || isDeepStrictEqual({ ...before, at: '' }, { ...registration, at: '' })) return;
    this.#accepted.push(fact);
    this.#arrived = [...this.#arrived, fact];
  }

  /** The state after all recomputes have run. */
  async end(next: () => number): Promise<Ended> {
    while (await this.#stream.step(next()));
    return { state: stateOf(this.#table.items.values()), accepted: this.#accepted, said: this.#said };
  }
}

/** Where a course has come to. */
interface Midway {
  readonly table?: MemoryTable;
  readonly waiting?: Waiting;
  readonly accepted?: Registration[];
  readonly arrived?: readonly Fact[];
  readonly said?: readonly string[];
}

const FIRST_REGISTERED = '2026-05-01T00:00:00Z';

/** A refusal because of a contradiction is a valid answer. */
function whereRefused(error: unknown): null {
  if (error instanceof RequestRefused && error.kind === 'conflict') return null;
  throw error;
}

export function projectionOn(table: Projection['table']): Projection {
  return { table, clocks: CLOCKS, pause: async () => undefined };
}

async function deliver(table: MemoryTable, delivery: Delivery): Promise<void> {
  const message = messageOf(delivery);
  if (message.kind === 'order') {
    await (delivery.askedAt === undefined ? writeOrder : writeAnswer)(table, message.facts);
  }
  if (message.kind === 'appointment') await writeAppointment(table, message.facts);
}

/** The fields that no delivery of an order or an appointment sets. */
const NOT_JUDGED = {
  critical_results: undefined,
  critical_result: undefined,
  match_reviews: undefined,
  registered_at: undefined,
  discarded: undefined,
};

/** The part of a table's items that follows from deliveries and registrations. */
export function stateOf(held: Iterable<Attributes>): ProductState {
  const state: ProductState = { orders: new Map(), transactions: new Map() };
  const shown = [...held].flatMap((item) => shownBy(item) ?? []);
  for (const { stored, answer } of shown) if (stored) state.transactions.set(stored.id, answer);
  const stored = new Map(shown.flatMap((one) => (one.stored ? [[one.stored.id, one.stored]] : [])));
  for (const { record, answer } of shown) {
    if (!record) continue;
    const claimed = claimedTransaction(record);
    const home = claimed === null ? null : stored.get(claimed);
    const isApart = home !== null && home !== undefined && isSetApart(home.contributions, record.id);
    state.orders.set(record.id, { ...answer, order_transaction_id: isApart ? record.id : claimed });
  }
  return state;
}

/** The content of an item: a transaction or an order. */
interface Shown {
  readonly stored?: StoredTransaction;
  readonly record?: OrderRecord;
  readonly answer: object;
}

const known = new WeakMap<Attributes, { readonly shown: Shown | null }>();

/** Items are immutable, and a write creates a new one. So the content is computed once per item; null if there is none to compare. */
function shownBy(item: Attributes): Shown | null {
  const shown = known.get(item)?.shown;
  if (shown !== undefined) return shown;
  const computed = isOfKind('TX', item.sk)
    ? shownTransaction(item)
    : isOfKind('ORDER', item.sk)
      ? shownOrder(readOrderItem(item))
      : null;
  known.set(item, { shown: computed });
  return computed;
}

function shownOrder(record: OrderRecord): Shown | null {
  const { snapshot, appointments, registered } = record;
  // An order that only a list names has a record too, which contains only that claim.
  if (snapshot === null && appointments.length === 0 && registered === null) return null;
  const order = showOrder(record, null, [], () => true);
  const { draw_evidence: _, ...judged } = order;
  return { record, answer: { ...judged, events: eventFacts(order.events), ...NOT_JUDGED } };
}

/** The part of a transaction that the oracle computes. Other oracles check the redraw's clocks and the marks. */
function shownTransaction(item: Attributes): Shown | null {
  const stored = intactStored(item);
  // An emptied transaction is shown nowhere.
  if (!stored) return null;
  const shown = showTransaction({ ...stored, marks: UNMARKED }, () => true);
  // No message goes in these worlds, and nobody sets an owner, a note or a review.
  const {
    told: _told,
    contact: _contact,
    reach: _reach,
    assignment: _assignment,
    review: _review,
    ...unset
  } = shown;
  const {
    junction_checks: _checks,
    unanswered_checks: _unanswered,
    next_step: _step,
    ...judgedFields
  } = unset;
  const { redraw, decision, open_order, critical_result: _, orders, ...others } = judgedFields;
  const answer = {
    ...others,
    orders: orders.map(({ critical_result: __, ...order }) => order),
    decision: decision && stored.decision,
    open_order: open_order && judgedOrder(open_order, stored),
  };
  if (redraw === null) return { stored, answer: { ...answer, redraw } };
  const { stage: ___, unchecked: ____, unchecked_reason: _____, withdrawal: ______, ...judged } = redraw;
  return { stored, answer: { ...answer, redraw: { ...judged, due_at: null } } };
}

/** The stage of an order without any time follows from its arrival, which is not a fact. */
function judgedOrder(
  { order_id, stage, due_at }: { order_id: string; stage: string; due_at: string | null },
  { orders }: StoredTransaction,
) {
  const order = orders.find(({ id }) => id === order_id);
  const isTimed = order && (order.low_level_status_created_at !== null || order.created_at !== null);
  return isTimed ? { order_id, stage, due_at } : { order_id, stage: null, due_at: null };
}

/** Events as Junction sends them. The time of their arrival depends on the order of delivery, and decides nothing. */
export function eventFacts(
  events: readonly { id: unknown; created_at: unknown; status: unknown; status_detail: unknown }[],
): object[] {
  return events.map(({ id, created_at, status, status_detail }) => ({
    id,
    created_at,
    status,
    status_detail,
  }));
}

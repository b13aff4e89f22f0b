/**
 * The product as the judge sees it: what the webhook function does with a body, the store's own commands on a table
 * in memory, and what the stream makes of the changes.
 */
import { createHash } from 'node:crypto';
import { showOrder } from '../../core/api/orders/representation.ts';
import { showTransaction } from '../../core/api/transactions/representation.ts';
import { parseInstant } from '../../core/domain/instant.ts';
import { claimedTransaction } from '../../core/domain/order/membership.ts';
import type { OrderRecord } from '../../core/domain/order/order-record.ts';
import { UNMARKED } from '../../core/domain/redraw/redraw-marks.ts';
import { readWebhook, type WebhookMessage } from '../../core/junction/webhook-message.ts';
import { readOrderItem } from '../../core/store/order-item.ts';
import { writeAppointment, writeOrder } from '../../core/store/orders.ts';
import { readTransactionItem } from '../../core/store/transaction-item.ts';
import { type Projection, recompute } from '../../core/use-cases/recompute.ts';
import type { Attributes } from '../memory/expressions.ts';
import { type Change, MemoryTable } from '../memory/memory-table.ts';
import type { Delivery } from '../oracle/facts.ts';
import { numbers } from '../oracle/orders-of-delivery.ts';
import { eventFacts } from './verdict.ts';

export interface ProductState {
  /** By order id, in the shape of GET order. */
  orders: Map<string, unknown>;
  /** By transaction id, in the shape of GET transaction. */
  transactions: Map<string, unknown>;
}

const HOUR = 3_600_000;
export const CLOCKS: Projection['clocks'] = {
  noOrder: HOUR,
  noRequisition: 24 * HOUR,
  noAppointment: 168 * HOUR,
  afterAppointment: 24 * HOUR,
  afterResultDate: 24 * HOUR,
  noResultDate: 336 * HOUR,
  labTimeZone: 'America/Los_Angeles',
  diverging: HOUR / 4,
  silent: 720 * HOUR,
};

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
const read = new WeakMap<Delivery, WebhookMessage>();

/** What a delivery says. The same delivery says the same, however often it comes: read it once. */
function messageOf(delivery: Delivery): WebhookMessage {
  const known = read.get(delivery);
  if (known) return known;
  const message = readWebhook(delivery.body, parseInstant(delivery.receivedAt) ?? '', digest);
  read.set(delivery, message);
  return message;
}

/**
 * Applies the deliveries one at a time, in this order. `seed` decides how recomputes fall in between: a recompute
 * may lag behind, but none is left undone at the end, and those of one order keep their order.
 */
export async function replay(deliveries: readonly Delivery[], seed: number): Promise<ProductState> {
  const course = new Course();
  const next = numbers(seed);
  for (const delivery of deliveries) await course.take(delivery, next);
  return course.end(next);
}

/** Deliveries coming in one at a time: the table they have made, and the changes that were not handled yet. */
export class Course {
  readonly #table: MemoryTable;
  readonly #stream: Stream;

  constructor(table = new MemoryTable(), waiting: Waiting = new Map()) {
    this.#table = table;
    this.#stream = new Stream(table, waiting);
  }

  /** Another one that stands where this one does. */
  copy(): Course {
    return new Course(new MemoryTable(this.#table.items), this.#stream.waiting);
  }

  /** A delivery comes; then as many recomputes run as is drawn: none, one or two. */
  async take(delivery: Delivery, next: () => number): Promise<void> {
    await deliver(this.#table, messageOf(delivery));
    for (let steps = next() % 3; steps > 0; steps -= 1) await this.#stream.step(next());
  }

  /** What is there when no recompute is left undone. */
  async end(next: () => number): Promise<ProductState> {
    while (await this.#stream.step(next()));
    return stateOf(this.#table.items.values());
  }
}

async function deliver(table: MemoryTable, message: WebhookMessage): Promise<void> {
  if (message.kind === 'order') await writeOrder(table, message.facts);
  if (message.kind === 'appointment') await writeAppointment(table, message.facts);
}

/** By order, oldest first. */
type Waiting = ReadonlyMap<string, readonly Change[]>;

/** The changes of order items that are still to be brought into their transactions. */
class Stream {
  readonly #projection: Projection;
  readonly #waiting: Map<string, readonly Change[]>;

  constructor(table: MemoryTable, waiting: Waiting) {
    this.#waiting = new Map(waiting);
    this.#projection = { table, clocks: CLOCKS, pause: async () => undefined };
    table.onChange = (change) => {
      const { pk, sk } = change.after ?? {};
      if (sk === 'ORDER') this.#waiting.set(String(pk), [...(this.#waiting.get(String(pk)) ?? []), change]);
    };
  }

  get waiting(): Waiting {
    return this.#waiting;
  }

  /** Handles the oldest change of one of the orders that have any; false when there is none. */
  async step(choice: number): Promise<boolean> {
    const orders = [...this.#waiting.keys()];
    const order = orders[choice % orders.length];
    const [change, ...rest] = (order && this.#waiting.get(order)) || [];
    if (!order || !change?.after) return false;
    if (rest.length > 0) this.#waiting.set(order, rest);
    else this.#waiting.delete(order);
    await recompute(this.#projection, readOrderItem(change.after));
    return true;
  }
}

/** What no delivery of an order or an appointment brings. */
const NOT_JUDGED = { critical_results: undefined, registered_at: undefined };

/** What a table's items show of the facts that deliveries bring. */
export function stateOf(held: Iterable<Attributes>): ProductState {
  const state: ProductState = { orders: new Map(), transactions: new Map() };
  for (const item of held) {
    if (item.sk !== 'ORDER' && item.sk !== 'TX') continue;
    const { id, answer } = shownBy(item);
    if (answer !== null) (item.sk === 'TX' ? state.transactions : state.orders).set(id, answer);
  }
  return state;
}

interface Shown {
  readonly id: string;
  /** Null where there is nothing to be judged. */
  readonly answer: object | null;
}

const shown = new WeakMap<Attributes, Shown>();

/** An item never changes, a write makes another one: what it shows is worked out once. */
function shownBy(item: Attributes): Shown {
  const known = shown.get(item);
  if (known) return known;
  const worked = item.sk === 'TX' ? judged(item) : judgedOrder(readOrderItem(item));
  shown.set(item, worked);
  return worked;
}

function judgedOrder(record: OrderRecord): Shown {
  const { id, snapshot, appointments } = record;
  // An order that only a sibling named has a record too, with nothing in it but its transaction.
  if (snapshot === null && appointments.length === 0) return { id, answer: null };
  const order = showOrder(record, claimedTransaction(record));
  return { id, answer: { ...order, events: eventFacts(order.events), ...NOT_JUDGED } };
}

/** What the judge knows of a transaction: the clocks of its redraw, and what is set on it, have judges of their own. */
function judged(item: Attributes): Shown {
  const transaction = readTransactionItem(item);
  if (transaction === null) return { id: String(item.pk), answer: null };
  const { id } = transaction;
  const { redraw, ...rest } = showTransaction({ ...transaction, marks: UNMARKED });
  if (redraw === null) return { id, answer: { ...rest, redraw } };
  const { stage: _, unchecked: __, ...told } = redraw;
  return { id, answer: { ...rest, redraw: { ...told, due_at: null } } };
}

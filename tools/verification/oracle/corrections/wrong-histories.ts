/**
 * Seeded histories of orders at Junction, and what was heard of them: late, lost, repeated, back-dated, withdrawn,
 * rewritten and forged. In the end, Junction is asked about every order.
 */
import { answered, delivered, fullStatus, listed, orderId, transaction, walkIn } from '../bodies.ts';
import { numbers } from '../orders-of-delivery.ts';
import { MINUTE, plus } from '../reading/clock.ts';
import type { Delivery } from '../reading/facts.ts';
import type { Json } from '../reading/spelling.ts';

export interface WrongHistory {
  /** Everything heard before the last answers. */
  heard: Delivery[];
  /** One about each order, asked later than the last change and the last receipt. */
  answers: Delivery[];
  askedAt: string;
  /** The orders at Junction in the end. */
  truth: Json[];
  /** Webhooks that arrive after the last answers: again, or for the first time. */
  afterwards: Delivery[];
}

const START = '2026-03-01T00:00:00.000000Z';
const LOWS = 'requisition_created partial_results redraw_available completed corrected cancelled lost'.split(
  ' ',
);

interface Event {
  id: number;
  low: string;
  at: string;
}

interface Order {
  n: number;
  events: Event[];
  fields: Json;
}

/** Two orders of one transaction: an initial one and its redraw. */
export class WrongHistoryDraw {
  readonly #next: () => number;
  readonly #orders: Order[];
  readonly #heard: Delivery[] = [];
  readonly #late: Delivery[] = [];
  #now = 0;
  #ids = 10;

  constructor(seed: number) {
    this.#next = numbers(seed);
    this.#orders = [1, 2].map((n) => ({
      n,
      events: [{ id: n * 10, low: 'ordered', at: START }],
      fields: { has_missing_results: null },
    }));
  }

  draw(): WrongHistory {
    for (let steps = 4 + this.#below(12); steps > 0; steps -= 1) {
      this.#now += this.#below(3) === 0 ? this.#below(6) : this.#below(240);
      this.#happen(this.#one(this.#orders));
    }
    const last =
      this.#heard
        .map(({ receivedAt }) => receivedAt)
        .sort()
        .at(-1) ?? START;
    const askedAt = plus(last > this.#at(0) ? last : this.#at(0), 6 * MINUTE);
    const truth = this.#orders.map((order) => this.#payload(order));
    const again = this.#heard.filter((delivery) => delivery.askedAt === undefined);
    return {
      heard: this.#heard,
      answers: truth.map((body) => answered(body, askedAt)),
      askedAt,
      truth,
      afterwards: [...again, ...this.#late].map(({ body }) => ({
        body,
        receivedAt: plus(askedAt, (1 + this.#below(600)) * MINUTE),
      })),
    };
  }

  #happen(order: Order): void {
    const what = this.#below(10);
    if (what < 4) this.#advance(order);
    if (what === 4 && order.events.length > 1)
      order.events.splice(1 + this.#below(order.events.length - 1), 1);
    if (what === 5) Object.assign(this.#one(order.events), { low: this.#one(LOWS) });
    if (what === 6) order.fields = { has_missing_results: this.#one([true, false, null]) };
    if (what === 7) this.#forge(order);
    else if (what === 8) this.#heard.push(answered(this.#payload(order), this.#at(0)));
    else this.#send(this.#payload(order));
  }

  #advance({ n, events }: Order): void {
    // An event can be entered late, or be moved to another time.
    const at = this.#at(-this.#one([0, 0, 0, 1, 90, 600]));
    const known = this.#one(events);
    if (this.#below(6) === 0) known.at = at;
    else events.push({ id: n + 10 * (this.#ids + 3 * this.#below(3)), low: this.#one(LOWS), at });
    this.#ids += 10;
  }

  /** A signed webhook that Junction never sent: events, fields and siblings that are not there. */
  #forge(order: Order): void {
    const forged = {
      id: 900 + this.#below(3),
      low: this.#one(LOWS),
      at: this.#at(this.#one([-90, -1, 50, 200])),
    };
    const events = [...order.events.slice(0, 1 + this.#below(order.events.length)), forged];
    const lie: Json = {
      has_missing_results: this.#one([true, false]),
      parent_id: this.#one([null, orderId(3)]),
      ...(this.#below(2) === 0 && { user_id: 'a stranger' }),
    };
    const stranger = listed(3, 'completed', this.#at(40), { origin: 'redraw' });
    const body = this.#payload({ ...order, events, fields: lie }, this.#below(2) === 0 ? [stranger] : []);
    this.#heard.push(delivered(body, this.#at(0)));
  }

  #send(body: Json): void {
    const how = this.#below(8);
    const delivery = (delay: number) => delivered(body, this.#at(delay));
    if (how === 0) this.#late.push(delivery(0));
    if (how === 1) this.#heard.push(delivery(0), delivery(this.#below(300)));
    if (how > 1) this.#heard.push(delivery(how < 5 ? 0 : this.#below(300)));
  }

  #payload({ n, events, fields }: Order, others: Json[] = []): Json {
    const status = ({ low }: Event) => fullStatus(low);
    const entries = this.#orders.map((order) => {
      const newest = order.events.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
      return listed(order.n, newest?.low ?? null, newest?.at ?? null, this.#kin(order.n));
    });
    return walkIn(
      n,
      events.map((event) => ({ id: event.id, created_at: event.at, status: status(event) })),
      {
        ...this.#kin(n),
        order_transaction: transaction(1, 'active', [...entries, ...others]),
        updated_at: this.#at(0),
        ...fields,
      },
    );
  }

  #kin(n: number): Json {
    return n === 1 ? { origin: 'initial' } : { origin: 'redraw', parent_id: orderId(1) };
  }

  /** Minutes from now. */
  #at(minutes: number): string {
    return plus(START, (this.#now + minutes) * MINUTE);
  }

  #below(n: number): number {
    return this.#next() % n;
  }

  #one<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }
}

/** One simulated history: what is delivered, what goes wrong meanwhile, and what is left in the end. */
import { eventsBetween } from '../../functions/domain/transaction-changes.ts';
import { receive } from '../../functions/intake/receive.ts';
import { putEvents } from '../../functions/outbox/bus.ts';
import { recompute } from '../../functions/projection/recompute.ts';
import { acknowledge } from '../../functions/query/acknowledge.ts';
import { readOrderItem } from '../../functions/store/order-item.ts';
import { readTransactionItem } from '../../functions/store/transaction-item.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { CLOCKS } from '../convergence/product.ts';
import { randomDeliveries } from '../convergence/random-deliveries.ts';
import { type Change, MemoryTable } from '../memory/memory-table.ts';
import { march, transactionId } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import { expectedState } from '../oracle/oracle.ts';
import { Attempt } from './attempt.ts';
import { junctionOver } from './junction.ts';
import { MemoryBus, type NetworkFaults, NO_NETWORK_FAULTS, tableOver } from './network.ts';
import { type Invocation, Scheduler } from './scheduler.ts';
import { Reader, Stream } from './stream.ts';

const STORMY: NetworkFaults = { throttled: 25, lost: 30, timedOut: 20, sentAgain: 20 };
const FAIR: NetworkFaults = { throttled: 0, lost: 0, timedOut: 60, sentAgain: 60 };

export class History {
  readonly deliveries: readonly Delivery[];
  readonly memory = new MemoryTable();
  readonly bus = new MemoryBus();
  readonly stream = new Stream();
  readonly chance: Scheduler;
  readonly #readers: readonly Reader[];
  readonly #webhooks: Attempt[];
  #faults: NetworkFaults;
  #late: Invocation[] = [];

  constructor(seed: number, trace: ((line: string) => void) | null) {
    this.chance = new Scheduler(seed, trace);
    // What nobody understands is kept aside, compressed on a thread of its own: it has tests of its own.
    this.deliveries = randomDeliveries(seed).filter((one) => expectedState([one]).quarantined === 0);
    this.#webhooks = this.deliveries.map((delivery, index) => new Attempt(`webhook ${index + 1}`, delivery));
    this.#faults = this.chance.one([STORMY, FAIR, NO_NETWORK_FAULTS]);
    this.memory.onChange = (change) => this.stream.add(change);
    this.#readers = [
      new Reader(this.stream, this.chance, {
        name: 'recompute',
        wants: ({ after }) => after?.sk === 'ORDER',
        consume: (records, invocation) => untilOneFails(records, (one) => this.#recompute(one, invocation)),
      }),
      new Reader(this.stream, this.chance, {
        name: 'publish',
        wants: ({ after }) => after?.sk === 'TX',
        consume: (records, invocation) => untilOneFails(records, (one) => this.#publish(one, invocation)),
      }),
    ];
  }

  /** Everything at once, in any order, with everything that can go wrong. */
  async storm(): Promise<void> {
    for (let turns = 150 + 40 * this.deliveries.length; turns > 0; turns -= 1) await this.#happen();
    this.#faults = NO_NETWORK_FAULTS;
  }

  /** Nothing goes wrong any more: what is not done yet is done. What is held up stays so. */
  async calm(): Promise<void> {
    while (!this.#done) {
      await this.#send();
      for (const reader of this.#readers) await reader.poll();
      for (let steps = 4; steps > 0; steps -= 1) await this.chance.step();
    }
  }

  /** What was given up and is still under way goes on after all. */
  async latecomers(): Promise<void> {
    for (const invocation of this.#late) invocation.held = false;
    this.#late = [];
    while (!this.chance.idle) await this.chance.step();
  }

  get #done(): boolean {
    return (
      this.#webhooks.every(({ state }) => state === 'done') &&
      this.#readers.every((reader) => reader.upToDate)
    );
  }

  async #happen(): Promise<void> {
    const what = this.chance.below(100);
    if (what < 62) return this.chance.step();
    if (what < 74) return this.#send();
    if (what < 91) return this.chance.one(this.#readers).poll();
    if (what < 93) return this.#sweep();
    if (what < 94) return this.#acknowledge();
    if (what < 96) return this.chance.one(this.#readers).goBack();
    if (what < 98) return this.#giveUp();
    if (what === 98) return this.#repeat();
    return this.#restart();
  }

  #tableFor(invocation: Invocation) {
    return tableOver(this.memory, this.chance, invocation, () => this.#faults);
  }

  #projectionFor(invocation: Invocation) {
    const pause = () => this.chance.turn(invocation, 'has waited');
    return { table: this.#tableFor(invocation), clocks: CLOCKS, pause };
  }

  async #send(): Promise<void> {
    const waiting = this.#webhooks.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return;
    const webhook = this.chance.one(waiting);
    const invocation = webhook.begin();
    const { body, receivedAt } = webhook.delivery;
    const receiving = { table: this.#tableFor(invocation), quarantineRetentionDays: 90 };
    void receive(receiving, Buffer.from(body), new Date(receivedAt)).then(
      () => webhook.end(invocation, true),
      () => webhook.end(invocation, false),
    );
    await this.chance.settle();
  }

  async #recompute({ before, after }: Change, invocation: Invocation): Promise<void> {
    if (after)
      await recompute(this.#projectionFor(invocation), readOrderItem(after), before && readOrderItem(before));
  }

  async #publish({ before, after }: Change, invocation: Invocation): Promise<void> {
    if (!after) return;
    const events = eventsBetween(before && readTransactionItem(before), readTransactionItem(after));
    const client = this.bus.clientFor(this.chance, invocation, () => this.#faults);
    const pause = () => this.chance.turn(invocation, 'has waited');
    if (events.length > 0) await putEvents({ client, name: 'bus', pause }, events);
  }

  async #sweep(): Promise<void> {
    const invocation: Invocation = { name: 'sweep', dead: false, held: false };
    const fails = () => this.#faults !== NO_NETWORK_FAULTS && this.chance.oneIn(4);
    const sweeping = {
      projection: this.#projectionFor(invocation),
      api: this.chance.oneIn(4) ? null : junctionOver(this.deliveries, this.chance, invocation, fails),
      hasTime: () => !this.chance.oneIn(20),
      onSkip: () => undefined,
    };
    void sweep(sweeping, march(1 + this.chance.below(30))).catch(() => undefined);
    await this.chance.settle();
  }

  async #acknowledge(): Promise<void> {
    const invocation: Invocation = { name: 'acknowledgement', dead: false, held: false };
    const by = { by: 'operator', note: null };
    const now = new Date(march(20));
    void acknowledge(this.#projectionFor(invocation), transactionId(1), by, now).catch(() => undefined);
    await this.chance.settle();
  }

  #giveUp(): void {
    const busy = this.#webhooks.filter(({ state }) => state === 'under way');
    const givesUp = this.chance.one([...this.#readers, ...busy]);
    const invocation = givesUp.giveUp();
    if (!invocation) return;
    this.chance.note(`${invocation.name} is given up`);
    invocation.held = this.chance.oneIn(2);
    this.#late.push(invocation);
  }

  #repeat(): void {
    const done = this.#webhooks.filter(({ state }) => state === 'done');
    if (done.length > 0) this.chance.one(done).repeat();
  }

  #restart(): void {
    this.chance.note('everything restarts');
    for (const place of [...this.#readers, ...this.#webhooks]) place.restart();
    for (const invocation of this.#late) invocation.dead = true;
    this.#late = [];
  }
}

/** As the handlers do: in order, and not beyond the first that fails. */
async function untilOneFails<T>(records: readonly T[], handle: (one: T) => Promise<void>): Promise<number> {
  for (const [index, one] of records.entries()) {
    try {
      await handle(one);
    } catch {
      return index;
    }
  }
  return records.length;
}

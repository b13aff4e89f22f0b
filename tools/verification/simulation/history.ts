/** One simulated history: its deliveries, its faults, and the final state. */

import { idIn, isOfKind, orderKey, transactionKey } from '../../../core/store/table-layout.ts';
import { randomDeliveries } from '../convergence/random-deliveries.ts';
import { type Change, MemoryTable } from '../memory-table/memory-table.ts';
import { march } from '../oracle/bodies.ts';
import { ordersNamedIn } from '../oracle/publications/judge.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import type { Bundles } from './bundles.ts';
import { Functions } from './functions.ts';
import { lostForGood, SEARCHES } from './lost.ts';
import { Attempt } from './surroundings/attempt.ts';
import { JunctionRoutes } from './surroundings/junction-routes.ts';
import { type Invocation, Scheduler } from './surroundings/scheduler.ts';
import { Bus } from './surroundings/services.ts';
import { Reader, Stream } from './surroundings/stream.ts';
import { type NetworkFaults, NO_NETWORK_FAULTS } from './surroundings/wire.ts';

/** The fault rates; each history uses one. Its final phase has no faults. The SDK tries each request three times. */
const WEATHERS: readonly NetworkFaults[] = [
  { throttled: 5, lost: 7, timedOut: 9, sentAgain: 8 },
  { throttled: 0, lost: 0, timedOut: 40, sentAgain: 30 },
  NO_NETWORK_FAULTS,
];
/** The maximum number of steps without faults; usually a few dozen are enough. */
const MAX_CALM_STEPS = 500;
/** One in this many histories has a change that no function can read. */
const POISONED = 12;
/** How often a record may fail once no other faults occur. */
const MOST_FAILURES = 5;

export class History {
  readonly deliveries: readonly Delivery[];
  readonly memory = new MemoryTable();
  readonly quarantine = new MemoryTable();
  readonly bus = new Bus();
  readonly stream = new Stream();
  readonly chance: Scheduler;
  readonly junction: JunctionRoutes;
  /** Broken invariants. */
  readonly broken: string[] = [];
  readonly #functions: Functions;
  readonly #readers: readonly Reader[];
  readonly #webhooks: Attempt[];
  /** The unreadable change; null if there is none. */
  readonly poison: Change | null;
  /** Lost webhooks. */
  readonly #lost: Delivery | null;
  /** The orders whose change was dropped. Each needs a recompute. */
  readonly #owed = new Set<string>();
  readonly #recompute: Reader;
  #faults: NetworkFaults;
  #late: Invocation[] = [];
  /** Running invocations that nothing waits for. */
  #begun = new Set<Invocation>();

  readonly hasApiKey: boolean;

  constructor(seed: number, bundles: Bundles, trace: ((line: string) => void) | null) {
    const { memory, quarantine, bus } = this;
    this.chance = new Scheduler(seed, trace);
    this.deliveries = randomDeliveries(seed);
    this.#lost = lostForGood(this.deliveries, this.chance);
    this.#webhooks = this.deliveries
      .filter((delivery) => delivery !== this.#lost)
      .map((delivery, index) => new Attempt(`webhook ${index + 1}`, delivery));
    this.#faults = this.chance.one(WEATHERS);
    const { deliveries, chance } = this;
    this.junction = new JunctionRoutes(deliveries, chance);
    const complain = (fault: string) => this.broken.push(`at step ${chance.steps}: ${fault}`);
    this.hasApiKey = this.#lost !== null || !chance.oneIn(4);
    const { junction, hasApiKey } = this;
    const world = {
      junction,
      memory,
      quarantine,
      bus,
      chance,
      hasApiKey,
      faults: () => this.#faults,
      complain,
    };
    this.#functions = new Functions(world, bundles);
    this.memory.onChange = (change) => this.stream.add(change);
    const key = chance.one([orderKey('poison'), transactionKey('poison')]);
    this.poison = chance.oneIn(POISONED) ? { before: null, after: { ...key } } : null;
    if (this.poison) this.stream.add(this.poison);
    this.#recompute = new Reader(this.stream, this.chance, {
      name: 'recompute',
      wants: ({ after }) => isOfKind('ORDER', after?.sk),
      consume: (changes, invocation) => this.#functions.recompute(changes, invocation),
    });
    this.#readers = [
      this.#recompute,
      new Reader(this.stream, this.chance, {
        name: 'publish',
        wants: ({ before, after }) => isOfKind('TX', (after ?? before)?.sk),
        consume: (changes, invocation) => this.#functions.publish(changes, invocation),
      }),
    ];
  }

  /**
   * The webhooks that may be known, and the orders of which the transactions may not know everything. With a key, Junction can
   * tell of an order before its webhook is sent.
   */
  get heard(): { readonly received: readonly Delivery[]; readonly underway: ReadonlySet<string> } {
    const begun = this.#webhooks.filter(({ attempts }) => attempts > 0 || this.hasApiKey);
    const unfinished = begun.filter(({ state }) => state !== 'done').map(({ delivery }) => delivery);
    const changed = this.#recompute.unread.flatMap(({ after }) =>
      after && isOfKind('ORDER', after.sk) ? idIn('ORDER', after) : [],
    );
    const owed = [...this.#owed].flatMap((key) => {
      const item = this.memory.items.get(key);
      return item ? idIn('ORDER', item) : [];
    });
    return {
      received: begun.map(({ delivery }) => delivery),
      underway: new Set([...changed, ...owed, ...unfinished.flatMap(ordersNamedIn)]),
    };
  }

  /** Everything at once, in any order, with all possible faults. */
  async storm(): Promise<void> {
    for (let turns = 90 + 25 * this.deliveries.length; turns > 0; turns -= 1) await this.#happen();
    this.#faults = NO_NETWORK_FAULTS;
    this.chance.isPatient = true;
    for (const reader of this.#readers) reader.mostFailures = MOST_FAILURES;
  }

  /** The last sweeps find what was lost, and ask what is in question. */
  async search(): Promise<string[]> {
    const restless: string[] = [];
    for (const at of SEARCHES) {
      await this.#begin('sweep', (invocation) => this.#functions.sweep(at, invocation));
      restless.push(...(await this.calm()));
    }
    return restless;
  }

  /**
   * No more faults occur, and everything unfinished is finished. Requests that are delayed remain so. Returns what is still
   * running after a long time.
   */
  async calm(): Promise<string[]> {
    this.#redrive();
    for (let turns = 0; !this.#done; turns += 1) {
      if (turns === MAX_CALM_STEPS) return ['it does not come to an end'];
      await this.#send();
      for (const reader of this.#readers) await reader.poll();
      for (let steps = 4; steps > 0; steps -= 1) await this.chance.step();
    }
    return [];
  }

  /** Interrupted invocations that are still running continue. */
  async latecomers(): Promise<void> {
    for (const invocation of this.#late) invocation.held = false;
    this.#late = [];
    while (!this.chance.idle) await this.chance.step();
  }

  get #done(): boolean {
    return (
      this.#begun.size === 0 &&
      this.#webhooks.every(({ state }) => state === 'done') &&
      this.#readers.every((reader) => reader.upToDate)
    );
  }

  async #happen(): Promise<void> {
    const what = this.chance.below(100);
    if (what < 63) return this.chance.step();
    if (what < 75) return this.#send();
    if (what < 91) return this.chance.one(this.#readers).poll();
    if (what < 92) return this.#sweep();
    if (what < 94) return this.#operator();
    if (what < 95) return this.#outage();
    if (what < 96) return this.chance.one(this.#readers).goBack();
    if (what < 98) return this.#giveUp();
    if (what === 98) return this.#repeat();
    if (this.chance.oneIn(3)) this.#restart();
  }

  async #send(): Promise<void> {
    const waiting = this.#webhooks.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return;
    const webhook = this.chance.one(waiting);
    const invocation = webhook.begin();
    void this.#functions.webhook(webhook.delivery, invocation).then(
      (answered) => webhook.end(invocation, answered),
      () => webhook.end(invocation, false),
    );
    await this.chance.settle();
  }

  async #sweep(): Promise<void> {
    // Without a transaction, there is nothing to read.
    if (![...this.memory.items.values()].some(({ sk }) => isOfKind('TX', sk))) return;
    const now = march(1 + this.chance.below(30));
    await this.#begin('sweep', (invocation) => this.#functions.sweep(now, invocation));
  }

  async #operator(): Promise<void> {
    await this.#begin('operator', (invocation) => this.#functions.operator(invocation));
  }

  /** Starts something that nothing waits for. */
  async #begin(name: string, run: (invocation: Invocation) => Promise<unknown>): Promise<void> {
    const invocation: Invocation = { name, dead: false, held: false };
    this.#begun.add(invocation);
    void run(invocation)
      .catch(() => undefined)
      .then(() => this.#begun.delete(invocation));
    await this.chance.settle();
  }

  #giveUp(): void {
    const busy = this.#webhooks.filter(({ state }) => state === 'under way');
    const givesUp = this.chance.one([...this.#readers, ...busy]);
    const invocation = givesUp.giveUp();
    if (!invocation) return;
    this.chance.note(`${invocation.name} is interrupted`);
    invocation.held = this.chance.oneIn(2);
    this.#late.push(invocation);
  }

  /** An outage lasted longer than the stream retries. The unreadable change stays. */
  #outage(): void {
    for (const change of this.#recompute.dropNext()) {
      if (change === this.poison) this.stream.givenUp.push(change);
      else this.#owed.add(`${change.after?.pk} ${change.after?.sk}`);
    }
  }

  /** A redrive knows the orders of dropped records, and recomputes them in their current state. */
  #redrive(): void {
    for (const key of this.#owed) {
      const item = this.memory.items.get(key);
      if (item) this.stream.add({ before: item, after: item });
    }
    this.#owed.clear();
  }

  #repeat(): void {
    const done = this.#webhooks.filter(({ state }) => state === 'done');
    if (done.length > 0) this.chance.one(done).repeat();
  }

  #restart(): void {
    this.chance.note('everything restarts');
    for (const place of [...this.#readers, ...this.#webhooks]) place.restart();
    for (const invocation of [...this.#late, ...this.#begun]) invocation.dead = true;
    this.#late = [];
    this.#begun.clear();
    this.#functions.restart();
  }
}

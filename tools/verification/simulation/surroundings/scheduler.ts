/**
 * Time, chance and the network of a simulation. Code waits here for everything, and continues when it is drawn. So a seed
 * gives a complete history.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { numbers } from '../../oracle/orders-of-delivery.ts';

/** Waiting code, and how to continue it. */
interface Waiting {
  readonly invocation: Invocation;
  readonly what: () => string;
  readonly goOn: () => void;
}

/** One run of a function. It can be interrupted: then nothing waits for it, though it may continue. */
export interface Invocation {
  readonly name: string;
  /** Its machine has crashed: it never continues. */
  dead: boolean;
  /** It continues much later, if at all. */
  held: boolean;
}

/** Something that happens after a while, unless it is cancelled. */
export interface Timer {
  readonly invocation: Invocation;
  /** In simulated time. */
  readonly at: number;
  readonly ring: () => void;
}

/** In one of this many steps time passes, although something waits for an answer. */
const STEPS_PER_TIMER = 12;

export class Scheduler {
  readonly #next: () => number;
  readonly #trace: ((line: string) => void) | null;
  readonly #timers = new Set<Timer>();
  /** Whether time passes only when nothing waits for anything else. */
  isPatient = false;
  #waiting: Waiting[] = [];
  #steps = 0;
  #now = 0;

  constructor(seed: number, trace: ((line: string) => void) | null = null) {
    // The seed itself draws the deliveries. With the same numbers, what happens to them would depend on what they are.
    this.#next = numbers(~seed);
    this.#trace = trace;
  }

  below(n: number): number {
    return this.#next() % n;
  }

  /** At least 0 and below 1. */
  fraction(): number {
    return this.below(1_000_000) / 1_000_000;
  }

  /** True once in this many times on average. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  get steps(): number {
    return this.#steps;
  }

  note(line: string): void {
    this.#trace?.(`${String(this.#steps).padStart(5)}  ${line}`);
  }

  /** Milliseconds since the beginning. */
  get now(): number {
    return this.#now;
  }

  /** Whether any waiting code may continue. */
  get idle(): boolean {
    return this.#able.length === 0 && this.#earliest === null;
  }

  get #able(): Waiting[] {
    return this.#waiting.filter(({ invocation }) => !invocation.dead && !invocation.held);
  }

  get #earliest(): Timer | null {
    let earliest: Timer | null = null;
    for (const timer of this.#timers) {
      const { dead, held } = timer.invocation;
      if (dead) this.#timers.delete(timer);
      else if (!held && timer.at < (earliest?.at ?? Number.POSITIVE_INFINITY)) earliest = timer;
    }
    return earliest;
  }

  after(invocation: Invocation, ms: number, ring: () => void): Timer {
    const timer = { invocation, at: this.#now + Math.max(1, Math.ceil(ms)), ring };
    this.#timers.add(timer);
    return timer;
  }

  callOff(timer: Timer): void {
    this.#timers.delete(timer);
  }

  /** Resolves when this invocation is drawn to continue. */
  turn(invocation: Invocation, what: () => string): Promise<void> {
    return new Promise((goOn) => {
      this.#waiting.push({ invocation, what, goOn });
    });
  }

  /** Continues one waiting run until it waits again. */
  async step(): Promise<void> {
    const able = this.#able;
    const timer = this.#earliest;
    const isTime = able.length === 0 || (!this.isPatient && this.oneIn(STEPS_PER_TIMER));
    if (timer && isTime) return this.#ring(timer);
    if (able.length === 0) return;
    const chosen = this.one(able);
    this.#waiting = this.#waiting.filter((one) => one !== chosen && !one.invocation.dead);
    this.#steps += 1;
    if (this.#trace) this.note(`${chosen.invocation.name}: ${chosen.what()}`);
    chosen.goOn();
    await this.settle();
  }

  /** Time advances to this timer; one that was delayed may be late. */
  async #ring(timer: Timer): Promise<void> {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    this.#steps += 1;
    this.note(`${timer.invocation.name}: it is ${Math.round(this.#now)} ms`);
    timer.ring();
    await this.settle();
  }

  /** Waits until nothing can continue by itself. There are only promises, no timers and no files. */
  async settle(): Promise<void> {
    await turnOfTheLoop();
  }
}

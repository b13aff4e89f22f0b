/**
 * Time, chance and the network of a simulation. Whatever code waits for, it waits for here, and goes on when chance has
 * its turn come: so a seed is a whole history.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { numbers } from '../../oracle/orders-of-delivery.ts';

/** Somebody who waits, and how to let it go on. */
interface Waiting {
  readonly invocation: Invocation;
  readonly what: () => string;
  readonly goOn: () => void;
}

/** One run of a function. It can be given up: then nobody waits for it, though it may go on. */
export interface Invocation {
  readonly name: string;
  /** Its machine is gone: it never goes on. */
  dead: boolean;
  /** It goes on much later, if at all. */
  held: boolean;
}

/** Something that is to happen after a while, unless it is called off. */
export interface Timer {
  readonly invocation: Invocation;
  /** In simulated time. */
  readonly at: number;
  readonly ring: () => void;
}

/** One in so many steps it is time that goes on, although somebody waits for an answer. */
const STEPS_PER_TIMER = 12;

export class Scheduler {
  readonly #next: () => number;
  readonly #trace: ((line: string) => void) | null;
  readonly #timers = new Set<Timer>();
  /** Whether time goes on only where nobody waits for anything else. */
  isPatient = false;
  #waiting: Waiting[] = [];
  #steps = 0;
  #now = 0;

  constructor(seed: number, trace: ((line: string) => void) | null = null) {
    // The deliveries are drawn by the seed itself: the same numbers again would tie to them what becomes of them.
    this.#next = numbers(~seed);
    this.#trace = trace;
  }

  below(n: number): number {
    return this.#next() % n;
  }

  /** From 0 to 1. */
  fraction(): number {
    return this.below(1_000_000) / 1_000_000;
  }

  /** True once in so many times. */
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

  /** Whether anybody waits who may go on. */
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

  /** Resolves when chance lets this invocation go on. */
  turn(invocation: Invocation, what: () => string): Promise<void> {
    return new Promise((goOn) => {
      this.#waiting.push({ invocation, what, goOn });
    });
  }

  /** Lets one of those that wait go on, until it waits again. */
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

  /** Time goes on to this timer; one that was held up may be late. */
  async #ring(timer: Timer): Promise<void> {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    this.#steps += 1;
    this.note(`${timer.invocation.name}: it is ${Math.round(this.#now)} ms`);
    timer.ring();
    await this.settle();
  }

  /** Until all that can go on without us has: promises only, there are no timers and no files. */
  async settle(): Promise<void> {
    await turnOfTheLoop();
  }
}

/**
 * Time, chance and the network of a simulation. Whatever code waits for, it waits for here, and goes on when chance has
 * its turn come: so a seed is a whole history.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { numbers } from '../oracle/orders-of-delivery.ts';

/** Somebody who waits, and how to let it go on. */
interface Waiting {
  readonly invocation: Invocation;
  readonly what: string;
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

export class Scheduler {
  readonly #next: () => number;
  readonly #trace: ((line: string) => void) | null;
  #waiting: Waiting[] = [];
  #steps = 0;

  constructor(seed: number, trace: ((line: string) => void) | null = null) {
    this.#next = numbers(seed);
    this.#trace = trace;
  }

  below(n: number): number {
    return this.#next() % n;
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

  /** Whether anybody waits who may go on. */
  get idle(): boolean {
    return this.#able.length === 0;
  }

  get #able(): Waiting[] {
    return this.#waiting.filter(({ invocation }) => !invocation.dead && !invocation.held);
  }

  /** Resolves when chance lets this invocation go on. */
  turn(invocation: Invocation, what: string): Promise<void> {
    return new Promise((goOn) => {
      this.#waiting.push({ invocation, what, goOn });
    });
  }

  /** Lets one of those that wait go on, until it waits again. */
  async step(): Promise<void> {
    const able = this.#able;
    if (able.length === 0) return;
    const chosen = this.one(able);
    this.#waiting = this.#waiting.filter((one) => one !== chosen && !one.invocation.dead);
    this.#steps += 1;
    this.note(`${chosen.invocation.name}: ${chosen.what}`);
    chosen.goOn();
    await this.settle();
  }

  /** Until all that can go on without us has: promises only, there are no timers and no files. */
  async settle(): Promise<void> {
    await turnOfTheLoop();
  }
}

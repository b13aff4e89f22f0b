import { numbers } from '../oracle/orders-of-delivery.ts';

/** Random draws that one seed replays exactly, fast enough for hundreds of thousands of cases. */
export class Draw {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = numbers(seed);
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    return this.#next() % n;
  }

  /** True once in `n` times on average. */
  once(inTimes: number): boolean {
    return this.below(inTimes) === 0;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  bytes(most: number): Buffer {
    return Buffer.from(Array.from({ length: this.below(most + 1) }, () => this.below(256)));
  }

  text(alphabet: string, most: number): string {
    return Array.from({ length: this.below(most + 1) }, () => this.one([...alphabet])).join('');
  }
}

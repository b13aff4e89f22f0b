import type { Delivery } from '../../oracle/reading/facts.ts';
import type { Invocation } from './scheduler.ts';

/** A webhook and the attempts to deliver it, which end with a 2xx. */
export class Attempt {
  readonly delivery: Delivery;
  readonly #name: string;
  #state: 'waiting' | 'under way' | 'done' = 'waiting';
  #current: Invocation | null = null;
  /** How often it was sent. */
  attempts = 0;

  constructor(name: string, delivery: Delivery) {
    this.#name = name;
    this.delivery = delivery;
  }

  get state() {
    return this.#state;
  }

  begin(): Invocation {
    this.#state = 'under way';
    this.attempts += 1;
    this.#current = { name: this.#name, dead: false, held: false };
    return this.#current;
  }

  /** The result of an attempt, which does not matter if it was interrupted. */
  end(invocation: Invocation, answered: boolean): void {
    if (this.#current !== invocation) return;
    this.#current = null;
    this.#state = answered ? 'done' : 'waiting';
  }

  /** Nothing waits for the answer any more. */
  giveUp(): Invocation | null {
    const given = this.#current;
    if (given) this.#state = 'waiting';
    this.#current = null;
    return given;
  }

  repeat(): void {
    this.#state = 'waiting';
  }

  restart(): void {
    const lost = this.giveUp();
    if (lost) lost.dead = true;
  }
}

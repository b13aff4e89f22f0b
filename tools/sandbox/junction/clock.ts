import { type Instant, instantOf } from '../time.ts';

/** The sandbox's clock: the machine's, moved forward or stopped. */
export class Clock {
  #stoppedAt: Instant | null = null;
  #ahead: Instant = 0;

  now(): Instant {
    return this.#stoppedAt ?? instantOf(new Date()) + this.#ahead;
  }

  /** Stops at a time; null lets it follow the machine's clock again. */
  stop(at: Date | null): void {
    this.#stoppedAt = at && instantOf(at);
    this.#ahead = 0;
  }

  /** Moves it forward. It keeps running, or stays stopped at the later time. */
  advance(by: Instant): void {
    if (this.#stoppedAt === null) this.#ahead += by;
    else this.#stoppedAt += by;
  }

  get isRunning(): boolean {
    return this.#stoppedAt === null;
  }
}

import type { Instant } from '../time.ts';

interface Task {
  at: Instant;
  run: (at: Instant) => void;
}

/** Tasks scheduled on the sandbox's clock: webhooks, retries, steps of a simulated order. */
export class Agenda {
  #tasks: Task[] = [];

  /** @returns a function that cancels the task */
  add(at: Instant, run: (at: Instant) => void): () => void {
    const task = { at, run };
    const place = this.#tasks.findIndex((other) => other.at > at);
    this.#tasks.splice(place < 0 ? this.#tasks.length : place, 0, task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  /** The time of the next task; null if there is none. */
  get next(): Instant | null {
    return this.#tasks[0]?.at ?? null;
  }

  /** Runs all tasks up to `now` in order of time, those included that they add. */
  runUntil(now: Instant): void {
    for (let task = this.#tasks[0]; task && task.at <= now; task = this.#tasks[0]) {
      this.#tasks.shift();
      task.run(task.at);
    }
  }
}

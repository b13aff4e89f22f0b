/** The input that counts: keys and the pointer, in any window of the dashboard. */
const INPUT = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const;

/** Input is passed on at most once in this time (ms). */
const NOTICE_MS = 10_000;

export interface ActivityOptions {
  /** What dispatches the input. */
  readonly target: EventTarget;
  /** How long a person may be without input (ms). */
  readonly limitMs: number;
  readonly now: () => number;
  /** Gets the time of input in this window, for the other windows (ms). */
  readonly onInput: (at: number) => void;
}

/** When a person last used the dashboard. Opening or reloading it counts. */
export class Activity {
  readonly #options: ActivityOptions;
  #last: number;
  #noticed = Number.NEGATIVE_INFINITY;

  constructor(options: ActivityOptions) {
    this.#options = options;
    this.#last = options.now();
    for (const type of INPUT) {
      options.target.addEventListener(type, () => this.#notice(), { capture: true, passive: true });
    }
  }

  /** Whether there has been no input for too long. */
  get isIdle(): boolean {
    return this.#options.now() - this.#last >= this.#options.limitMs;
  }

  /** There was input in another window. */
  noticed(at: number): void {
    this.#last = Math.max(this.#last, at);
  }

  #notice(): void {
    const now = this.#options.now();
    this.#last = now;
    if (now - this.#noticed < NOTICE_MS) return;
    this.#noticed = now;
    this.#options.onInput(now);
  }
}

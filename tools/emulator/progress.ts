/** Runs steps one after another, prints each with its result, and ends one that takes too long. */
export class Progress {
  readonly #start = performance.now();
  readonly #signal: AbortSignal;
  readonly #print: (line: string) => void;

  constructor(signal: AbortSignal, print: (line: string) => void = console.log) {
    this.#signal = signal;
    this.#print = print;
  }

  /**
   * @param limit in seconds
   * @param work gets the signal at which it has to stop; what it returns is printed
   * @throws what the work threw, or that it took too long
   */
  async step(
    name: string,
    limit: number,
    work: (options: { limit: number; signal: AbortSignal }) => Promise<string>,
  ): Promise<void> {
    const timeout = AbortSignal.timeout(limit * 1_000);
    const signal = AbortSignal.any([this.#signal, timeout]);
    const stopped = new Promise<never>((_, fail) => {
      signal.addEventListener('abort', () =>
        fail(timeout.aborted ? new Error(`${name} took longer than ${limit} s.`) : signal.reason),
      );
    });
    const begun = performance.now();
    try {
      this.#signal.throwIfAborted();
      const result = await Promise.race([work({ limit: limit * 1_000, signal }), stopped]);
      this.#line('ok    ', `${name}: ${result}`, begun);
    } catch (error) {
      this.#line('FAILED', name, begun);
      throw error;
    }
  }

  say(text: string): void {
    this.#line('      ', text, performance.now());
  }

  #line(mark: string, text: string, begun: number): void {
    const now = performance.now();
    const minutes = Math.floor((now - this.#start) / 60_000);
    const seconds = Math.floor(((now - this.#start) % 60_000) / 1_000);
    const at = `${minutes}:${String(seconds).padStart(2, '0')}`;
    this.#print(`${at}  ${mark}  ${text} (${((now - begun) / 1_000).toFixed(1)} s)`);
  }
}

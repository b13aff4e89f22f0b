/** Shows on stderr what is being measured: on a terminal, a single line that is overwritten. */
export class Progress {
  readonly #what: string;
  readonly #total: number;
  #done = 0;
  #shown = -1;

  constructor(what: string, total: number) {
    this.#what = what;
    this.#total = total;
    this.#show();
  }

  step(by = 1): void {
    this.#done += by;
    this.#show();
  }

  #show(): void {
    const { isTTY } = process.stderr;
    const percent = Math.floor((100 * this.#done) / this.#total);
    // Without a terminal, each line is printed.
    const step = isTTY ? 1 : 25;
    if (percent < this.#shown + step && percent < 100) return;
    if (percent === this.#shown) return;
    this.#shown = percent;
    process.stderr.write(
      `${isTTY ? '\r' : ''}${this.#what} … ${percent} %${isTTY && percent < 100 ? '' : '\n'}`,
    );
  }
}

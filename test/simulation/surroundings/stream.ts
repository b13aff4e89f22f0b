/** The table's stream: shards that keep the order of each key, and readers whose position moves after a batch is done. */
import type { Change } from '../../memory/memory-table.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

const SHARDS = 3;
const LARGEST_BATCH = 4;

/** Handles a batch in order; gives how many of its records are done, null where there was no answer. */
export type Consume = (records: readonly Change[], invocation: Invocation) => Promise<number | null>;

/** Every change there ever was, by shard. */
export class Stream {
  readonly shards: Change[][] = Array.from({ length: SHARDS }, () => []);
  /** What was tried too often, as it was. */
  readonly givenUp: Change[] = [];

  add(change: Change): void {
    const { pk, sk } = change.after ?? change.before ?? {};
    const text = `${String(pk)} ${String(sk)}`;
    const place = [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHARDS;
    this.shards[place]?.push(change);
  }
}

/** One of the functions that follow the stream. */
export class Reader {
  readonly #stream: Stream;
  readonly #chance: Scheduler;
  readonly #name: string;
  readonly #wants: (change: Change) => boolean;
  readonly #consume: Consume;
  readonly #done: number[] = Array.from({ length: SHARDS }, () => 0);
  /** How often in a row what comes next was said to have failed. */
  readonly #failures: number[] = Array.from({ length: SHARDS }, () => 0);
  /** How often a record may fail. */
  mostFailures = Number.POSITIVE_INFINITY;
  /** The invocation that each shard waits for. */
  readonly #busy: (Invocation | null)[] = Array.from({ length: SHARDS }, () => null);

  constructor(
    stream: Stream,
    chance: Scheduler,
    { name, wants, consume }: { name: string; wants: (change: Change) => boolean; consume: Consume },
  ) {
    this.#stream = stream;
    this.#chance = chance;
    this.#name = name;
    this.#wants = wants;
    this.#consume = consume;
  }

  /** Nothing is left to read, and nobody at work. */
  get upToDate(): boolean {
    return this.#stream.shards.every(
      (records, shard) => this.#done[shard] === records.length && !this.#busy[shard],
    );
  }

  /** Has a free shard's next batch handled, as far as there is one. */
  async poll(): Promise<void> {
    const shard = this.#chance.below(SHARDS);
    if (this.#busy[shard]) return;
    const from = this.#done[shard] ?? 0;
    const batch = (this.#stream.shards[shard] ?? []).slice(
      from,
      from + 1 + this.#chance.below(LARGEST_BATCH),
    );
    if (batch.length === 0) return;
    const invocation: Invocation = {
      name: `${this.#name} of ${batch.length} from shard ${shard}`,
      dead: false,
      held: false,
    };
    this.#busy[shard] = invocation;
    this.#chance.note(`${invocation.name} begins at ${from}`);
    void this.#handle(shard, from, batch, invocation);
    await this.#chance.settle();
  }

  async #handle(
    shard: number,
    from: number,
    batch: readonly Change[],
    invocation: Invocation,
  ): Promise<void> {
    let done = from;
    const finished = () => {
      // One that was given up meanwhile has nothing to say any more.
      if (this.#busy[shard] !== invocation) return;
      this.#busy[shard] = null;
      this.#done[shard] = done;
    };
    const wanted = batch.filter(this.#wants);
    const handled = wanted.length === 0 ? 0 : await this.#consume(wanted, invocation);
    const failed = wanted[handled ?? 0];
    done += failed ? batch.indexOf(failed) : batch.length;
    if (failed && handled !== null && this.#busy[shard] === invocation)
      done += this.#putAside(shard, done, failed);
    finished();
  }

  /** Counts a failure; where there were too many, puts the record aside and gives 1, else 0. */
  #putAside(shard: number, at: number, failed: Change): number {
    const again = this.#done[shard] === at;
    this.#failures[shard] = again ? (this.#failures[shard] ?? 0) + 1 : 1;
    if (this.#failures[shard] < this.mostFailures) return 0;
    this.#chance.note(`${this.#name} of shard ${shard} puts what is at ${at} aside`);
    this.#stream.givenUp.push(failed);
    return 1;
  }

  /**
   * The function kept failing until what is next was too old: gives what of it the function would have handled, which is
   * kept for a redrive.
   */
  dropNext(): Change[] {
    const shard = this.#chance.below(SHARDS);
    if (this.#busy[shard]) return [];
    const from = this.#done[shard] ?? 0;
    const dropped = (this.#stream.shards[shard] ?? []).slice(
      from,
      from + 1 + this.#chance.below(LARGEST_BATCH),
    );
    this.#done[shard] = from + dropped.length;
    this.#chance.note(`${this.#name} of shard ${shard} drops ${dropped.length} from ${from}`);
    return dropped.filter(this.#wants);
  }

  /** The function timed out: its batch comes again, while what it was about to do may still be done. */
  giveUp(): Invocation | null {
    const shard = this.#chance.below(SHARDS);
    const given = this.#busy[shard] ?? null;
    this.#busy[shard] = null;
    return given;
  }

  /** The position was not kept: some of what is done comes again, in order. */
  goBack(): void {
    const shard = this.#chance.below(SHARDS);
    if (this.#busy[shard]) return;
    this.#done[shard] = Math.max(0, (this.#done[shard] ?? 0) - 1 - this.#chance.below(4));
    this.#chance.note(`${this.#name} of shard ${shard} goes back to ${this.#done[shard]}`);
  }

  /** The machine is gone, with all that was under way. */
  restart(): void {
    for (const [shard, invocation] of this.#busy.entries()) {
      if (invocation) invocation.dead = true;
      this.#busy[shard] = null;
    }
  }
}

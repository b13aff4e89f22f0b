/** The table's stream: shards that keep the order of each key, and readers whose position moves after a batch is done. */
import type { Change } from '../../memory-table/memory-table.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

const SHARDS = 3;
const LARGEST_BATCH = 4;

/** Processes a batch in order; returns how many of its records are done, null without an answer. */
export type Consume = (records: readonly Change[], invocation: Invocation) => Promise<number | null>;

/** Every change so far, by shard. */
export class Stream {
  readonly shards: Change[][] = Array.from({ length: SHARDS }, () => []);
  /** The discarded records, unchanged. */
  readonly givenUp: Change[] = [];

  add(change: Change): void {
    const { pk, sk } = change.after ?? change.before ?? {};
    const text = `${String(pk)} ${String(sk)}`;
    const place = [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHARDS;
    this.shards[place]?.push(change);
  }
}

/** One of the functions that read the stream. */
export class Reader {
  readonly #stream: Stream;
  readonly #chance: Scheduler;
  readonly #name: string;
  readonly #wants: (change: Change) => boolean;
  readonly #consume: Consume;
  readonly #done: number[] = Array.from({ length: SHARDS }, () => 0);
  /** How often in a row the next record was reported as failed. */
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

  /** Whether nothing is left to read and nothing is running. */
  get upToDate(): boolean {
    return this.#stream.shards.every(
      (records, shard) => this.#done[shard] === records.length && !this.#busy[shard],
    );
  }

  /** The records that are not done. */
  get unread(): Change[] {
    return this.#stream.shards.flatMap((records, shard) => records.slice(this.#done[shard]));
  }

  /** Starts the next batch of a free shard, if there is one. */
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
      // The result of an interrupted invocation is ignored.
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

  /** Counts a failure. After too many, discards the record and returns 1, otherwise 0. */
  #putAside(shard: number, at: number, failed: Change): number {
    const again = this.#done[shard] === at;
    this.#failures[shard] = again ? (this.#failures[shard] ?? 0) + 1 : 1;
    if (this.#failures[shard] < this.mostFailures) return 0;
    this.#chance.note(`${this.#name} of shard ${shard} discards the record at ${at}`);
    this.#stream.givenUp.push(failed);
    return 1;
  }

  /**
   * The function failed until the next records were too old. Returns those that the function would have processed, which
   * are kept for a redrive.
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

  /** The function timed out: its batch is delivered again, while it may still finish its work. */
  giveUp(): Invocation | null {
    const shard = this.#chance.below(SHARDS);
    const given = this.#busy[shard] ?? null;
    this.#busy[shard] = null;
    return given;
  }

  /** The position was not stored: some finished records are delivered again, in order. */
  goBack(): void {
    const shard = this.#chance.below(SHARDS);
    if (this.#busy[shard]) return;
    this.#done[shard] = Math.max(0, (this.#done[shard] ?? 0) - 1 - this.#chance.below(4));
    this.#chance.note(`${this.#name} of shard ${shard} returns to ${this.#done[shard]}`);
  }

  /** The machine is gone with everything that was running. */
  restart(): void {
    for (const [shard, invocation] of this.#busy.entries()) {
      if (invocation) invocation.dead = true;
      this.#busy[shard] = null;
    }
  }
}

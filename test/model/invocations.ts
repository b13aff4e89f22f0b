/**
 * Invocations as trees: what running code asks next depends on nothing but what it was answered so far. So a point in
 * the middle of an invocation is a node, found once by running the real code against those answers, and a state of the
 * world can hold it, be left, and be gone on from later in another way.
 */
import type { Table } from '../../core/store/table.ts';
import type { Answer, Engine } from './engine.ts';

/** Something that runs against the table. */
export type Program = (table: Table) => Promise<unknown>;

export interface Node {
  /** The command it waits for the answer of; 0 when it has ended. */
  readonly command: number;
}

interface Grown extends Node {
  readonly program: Program;
  readonly answers: readonly number[];
  /** What came here and waits; null once it has gone on, for it can do so in one way only. */
  run: Run | null;
}

interface Ask {
  readonly command: unknown;
  readonly answer: (given: Answer) => void;
}

/** A program under way, that gets its answers one at a time. */
class Run {
  readonly #asked: Ask[] = [];
  readonly #ended: Promise<void>;
  #asks: () => void = () => undefined;

  constructor(program: Program) {
    const client = {
      send: (command: unknown) =>
        new Promise((resolve, reject) => {
          const answer = ({ error, value }: Answer) => (error ? reject(error) : resolve(value));
          this.#asked.push({ command, answer });
          this.#asks();
        }),
    };
    // The engine refuses, but never fails: nothing that is thrown comes from there.
    this.#ended = program({ client, name: 'model' } as unknown as Table).then(() => undefined);
  }

  /** What it waits for the answer of; null when it has ended. */
  async ask(): Promise<Ask | null> {
    if (this.#asked.length === 0) {
      await Promise.race([this.#ended, new Promise<void>((asks) => (this.#asks = asks))]);
    }
    return this.#asked[0] ?? null;
  }

  async answer(given: Answer): Promise<void> {
    const ask = await this.ask();
    this.#asked.shift();
    ask?.answer(given);
  }
}

export class Invocations {
  readonly #engine: Engine;
  readonly #nodes: Grown[] = [];
  readonly #roots = new Map<string, number>();
  readonly #next = new Map<string, number>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  at(id: number): Node {
    const node = this.#nodes[id];
    if (!node) throw new RangeError(`there is no node ${id}`);
    return node;
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** The node at which a program asks for the first time. `name` tells programs apart. */
  async start(name: string, program: () => Program): Promise<number> {
    const known = this.#roots.get(name);
    if (known !== undefined) return known;
    const id = await this.#grow(program(), []);
    this.#roots.set(name, id);
    return id;
  }

  /** The node after the given one was answered. */
  async answered(id: number, answer: number): Promise<number> {
    const key = `${id}:${answer}`;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const node = this.#nodes[id];
    if (!node) throw new RangeError(`there is no node ${id}`);
    const { program, answers, run } = node;
    node.run = null;
    const next = await this.#grow(program, [...answers, answer], run);
    this.#next.set(key, next);
    return next;
  }

  /** The node at the end of these answers. `run` has had all but the last of them; without one, all are given anew. */
  async #grow(program: Program, answers: readonly number[], run: Run | null = null): Promise<number> {
    const going = run ?? new Run(program);
    for (const answer of run ? answers.slice(-1) : answers)
      await going.answer(this.#engine.answers.at(answer));
    const ask = await going.ask();
    const command = ask === null ? 0 : this.#engine.commandOf(ask.command);
    this.#nodes.push({ command, program, answers, run: going });
    return this.#nodes.length - 1;
  }
}

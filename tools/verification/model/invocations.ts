/**
 * Invocations as trees. The next command of running code depends only on the answers so far. So a point within an
 * invocation is a node, which is found once by running the real code with those answers. A state of the world can
 * contain the node, be left, and be continued later in another way.
 */
import type { Table } from '../../../core/store/table.ts';
import type { Answer, Engine } from './engine.ts';

/** A program that uses the table. */
export type Program = (table: Table) => Promise<unknown>;

export interface Node {
  /** The command whose answer it waits for; 0 when it has ended. */
  readonly command: number;
}

interface Grown extends Node {
  readonly program: Program;
  readonly answers: readonly number[];
  /** The program that waits here; null once it has continued, which it can do only once. */
  run: Run | null;
}

interface Ask {
  readonly command: unknown;
  readonly answer: (given: Answer) => void;
}

/** A running program that gets its answers one at a time. */
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
    // The table refuses but never fails, so nothing else is thrown there.
    this.#ended = program({ client, name: 'model' } as unknown as Table).then(() => undefined);
  }

  /** The command whose answer it waits for; null when it has ended. */
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

  /** The node of a program's first command. `name` distinguishes programs. */
  async start(name: string, program: () => Program): Promise<number> {
    const known = this.#roots.get(name);
    if (known !== undefined) return known;
    const id = await this.#grow(program(), []);
    this.#roots.set(name, id);
    return id;
  }

  /** The node after this answer. */
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

  /** The node after these answers. `run` has had all but the last of them; without it, the program starts again. */
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

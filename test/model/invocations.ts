/**
 * Invocations as trees: what running code asks next depends on nothing but what it was answered so far. So a point in
 * the middle of an invocation is a node, found once by running the real code against those answers, and a state of the
 * world can hold it, be left, and be gone on from later in another way.
 */
import type { Table } from '../../functions/store/table.ts';
import type { Engine } from './engine.ts';

/** Something that runs against the table. */
export type Program = (table: Table) => Promise<unknown>;

export interface Node {
  /** The command it waits for the answer of; 0 when it has ended. */
  readonly command: number;
}

interface Grown extends Node {
  readonly program: Program;
  readonly answers: readonly number[];
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
    const next = await this.#grow(node.program, [...node.answers, answer]);
    this.#next.set(key, next);
    return next;
  }

  async #grow(program: Program, answers: readonly number[]): Promise<number> {
    const given = answers.values();
    const stopped = await new Promise<Node>((stop, fail) => {
      const client = {
        send: (command: unknown) => {
          const { value: answer, done } = given.next();
          if (done) {
            stop({ command: this.#engine.commandOf(command) });
            return new Promise(() => undefined);
          }
          const { error, value } = this.#engine.answers.at(answer);
          return error ? Promise.reject(error) : Promise.resolve(value);
        },
      };
      // The engine refuses, but never fails: nothing that is thrown comes from there.
      program({ client, name: 'model' } as unknown as Table).then(() => stop({ command: 0 }), fail);
    });
    this.#nodes.push({ ...stopped, program, answers });
    return this.#nodes.length - 1;
  }
}

import type { Table } from '../../../../../core/store/table.ts';
import type { MemoryTable } from '../../../../../tools/verification/memory-table/memory-table.ts';
import { numbers } from '../../../../../tools/verification/oracle/orders-of-delivery.ts';

/**
 * Runs several programs concurrently and decides by a seed which one continues: every request of theirs to the store or
 * the API waits until it is drawn. The same seed gives the same interleaving.
 */
export class Interleaving {
  readonly #next: () => number;
  #waiting: (() => void)[] = [];

  constructor(seed: number) {
    this.#next = numbers(seed);
  }

  /** Resolves when it is this caller's turn. */
  turn = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));

  /** The table in memory, which takes one request at a time. */
  through = (memory: MemoryTable): Table => {
    const send = async (command: unknown): Promise<unknown> => {
      await this.turn();
      return memory.client.send(command as never);
    };
    return { name: memory.name, client: { send } as unknown as Table['client'] };
  };

  /** Runs the programs to their end. */
  async run(programs: readonly (() => Promise<unknown>)[]): Promise<void> {
    let running = programs.length;
    const failures: unknown[] = [];
    for (const program of programs) {
      program()
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          running -= 1;
        });
    }
    while (running > 0) {
      await quiet();
      const drawn = this.#next() % Math.max(1, this.#waiting.length);
      const [turn] = this.#waiting.splice(drawn, 1);
      turn?.();
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Waits until nothing can continue without its turn. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Entry, Spent } from '../peer.ts';

/** The answer of an invocation, and its duration. */
export interface Invoked {
  readonly answer: unknown;
  readonly spent: Spent;
}

/** A request to the process, and its response. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
}

export type Response = { readonly id: number } & (Invoked | { readonly error: string });

/**
 * A function in a process of its own, with only its own environment. It handles several events at a time, where Lambda would
 * run several instances: the peers are compared on one engine, which is the bottleneck of both.
 */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<Invoked>>();
  #next = 0;

  /** `file` is a bundle that exports `handler`. */
  constructor({ file, environment }: Pick<Entry, 'file' | 'environment'>) {
    this.#child = fork(join(import.meta.dirname, 'function-loop.ts'), [file], {
      env: environment,
      // Discards the log of the function, but includes the cost of writing it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (response) => this.#settle(response as Response));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the process of ${file} has ended`));
    });
  }

  invoke(event: unknown): Promise<Invoked> {
    const id = this.#next;
    this.#next += 1;
    const waiting = Promise.withResolvers<Invoked>();
    this.#waiting.set(id, waiting);
    this.#child.send({ id, event } satisfies Invocation);
    return waiting.promise;
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGKILL');
  }

  #settle(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if ('error' in response) waiting?.reject(new Error(response.error));
    else waiting?.resolve(response);
  }
}

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Who sits at the terminal. */
export interface Person {
  /** What the person types, without showing it. */
  readonly secret: (question: string) => Promise<string>;
  /** Waits until the person has done something. */
  readonly done: (task: string) => Promise<void>;
}

/** Null if there is no terminal. */
export function personAtTerminal(): Person | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  return {
    secret: (question) => ask(`${question}: `),
    done: async (task) => {
      await ask(`${task}\nPress Enter when it is done. `);
    },
  };
}

/** Nothing of the answer is echoed. */
async function ask(text: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, written) => written() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(text);
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

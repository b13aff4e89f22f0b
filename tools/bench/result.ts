import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Cost, Times } from './comparison/comparison.ts';
import type { Contention } from './contention/contention.ts';
import type { Figure } from './figures.ts';
import type { Growth } from './growth/growth.ts';
import type { WrongStates } from './wrong-states/wrong-states.ts';

/** What a part measured, and where. */
export interface Measured<Values> {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** The load average (1 minute) at the start and at the end, including this process. */
  readonly load: readonly [begin: number, end: number];
  readonly values: Values;
}

/** The result of runs, as in the file. A run replaces the parts that it measured. */
export interface Result {
  readonly budgets?: Measured<readonly Figure[]>;
  readonly cost?: Measured<Cost>;
  readonly times?: Measured<Times>;
  readonly states?: Measured<readonly WrongStates[]>;
  readonly growth?: Measured<readonly Growth[]>;
  readonly contention?: Measured<readonly Contention[]>;
}

export async function measured<Values>(measure: () => Promise<Values>): Promise<Measured<Values>> {
  const [begin = 0] = loadavg();
  const values = await measure();
  const [end = 0] = loadavg();
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  return { ...machine, load: [begin, end], values };
}

export function readResult(file: string): Result {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : {};
}

export function writeResult(file: string, parts: Result): void {
  writeFileSync(file, `${JSON.stringify({ ...readResult(file), ...parts }, null, 2)}\n`);
}

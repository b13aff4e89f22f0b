import { type ParseArgsConfig, parseArgs } from 'node:util';
import type * as z from 'zod';
import { Problem } from './problem.ts';

export interface Command<Schema extends z.ZodObject> {
  /** The usage text, printed for `--help` and after an option error. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly schema: Schema;
  /** The exit code if the command cannot start or fails; 1 by default. */
  readonly broken?: number;
}

export interface Invocation {
  readonly args: readonly string[];
  print(text: unknown): void;
  printError(text: unknown): void;
}

const invocationOfProcess = (): Invocation => ({
  args: process.argv.slice(2),
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
});

/**
 * Reads the options of a command and runs it. What a person can correct is printed without a stack trace: wrong options with
 * the usage, a Problem, what AWS refuses, and why it cannot be called.
 *
 * @param run returns the exit code
 * @returns the exit code
 */
export async function runCommand<Schema extends z.ZodObject>(
  command: Command<Schema>,
  run: (options: z.output<Schema>) => Promise<number>,
  { args, print, printError }: Invocation = invocationOfProcess(),
): Promise<number> {
  const { usage, broken = 1 } = command;
  if (args.includes('--help')) {
    print(usage);
    return 0;
  }
  try {
    return await run(readOptions(command, args));
  } catch (error) {
    printError(isForPeople(error) ? error.message : error);
    if (error instanceof OptionsProblem) printError(`\n${usage}`);
    return broken;
  }
}

class OptionsProblem extends Problem {}

function readOptions<Schema extends z.ZodObject>(
  { options, schema }: Command<Schema>,
  args: readonly string[],
): z.output<Schema> {
  const read = schema.safeParse(valuesOf(options, args));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path: [name], message }) =>
    message.includes('--') ? message : `--${String(name)}: ${message}`,
  );
  throw new OptionsProblem(faults.join('\n'));
}

function valuesOf(options: NonNullable<ParseArgsConfig['options']>, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new OptionsProblem(error instanceof Error ? error.message : String(error));
  }
}

/** Errors of AWS state what it refused; where in its client they were made says nothing. */
function isForPeople(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof Problem || '$fault' in error || error.name === 'CredentialsProviderError') return true;
  return isWithoutConnection(error) || error.message === 'Region is missing';
}

/** A call of AWS that did not arrive, for example because of a wrong AWS_ENDPOINT_URL. An AggregateError of Node has no message. */
function isWithoutConnection(error: Error): boolean {
  return '$metadata' in error && 'syscall' in error && error.message !== '';
}

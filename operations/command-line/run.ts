import { type Command, CommanderError } from 'commander';
import { faultText } from './faults.ts';

/** The exit code of a command that could not do its work. 1 is for what its result says. */
const BROKEN = 2;

/**
 * Runs the command that the arguments name. Its action returns nothing, and sets `process.exitCode` if it is not 0.
 *
 * @param args without the executable and the script
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  printError: (text: unknown) => void = console.error,
): Promise<void> {
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    // Commander has printed what is wrong with the arguments, or the help.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : BROKEN;
      return;
    }
    printError(faultText(error) ?? error);
    process.exitCode = BROKEN;
  }
}

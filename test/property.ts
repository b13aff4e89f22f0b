import fc from 'fast-check';
import { expect } from 'vitest';

interface Runs {
  /** The number of cases; 100 by default. */
  readonly numRuns?: number;
}

/** Multiplies the number of cases, for longer runs. */
const { FC_TIMES = '1' } = process.env;
/** Set both, as in the command that a failure prints, to run exactly the failed case. */
const { FC_SEED, FC_PATH } = process.env;

/**
 * Checks a property on random cases. A failure shows the smallest case found and one command that replays it. Use one
 * property per test, because the command selects the test by name.
 */
export function holdsFor<Ts extends [unknown, ...unknown[]]>(
  property: fc.IPropertyWithHooks<Ts>,
  runs?: Runs,
): void;
export function holdsFor<Ts extends [unknown, ...unknown[]]>(
  property: fc.IAsyncPropertyWithHooks<Ts>,
  runs?: Runs,
): Promise<void>;
export function holdsFor<Ts>(property: fc.IRawProperty<Ts>, runs: Runs = {}): unknown {
  const test = expect.getState();
  return fc.assert(property as fc.IAsyncProperty<Ts>, {
    numRuns: (runs.numRuns ?? 100) * Number(FC_TIMES),
    ...(FC_SEED === undefined ? {} : { seed: Number(FC_SEED) }),
    ...(FC_PATH === undefined ? {} : { path: FC_PATH }),
    reporter: (details) => {
      if (!details.failed) return;
      const message = [replayCommand(details, test), fc.defaultReportMessage(details)].join('\n\n');
      throw new Error(message, { cause: details.errorInstance });
    },
  });
}

function replayCommand(
  { seed, counterexamplePath }: { seed: number; counterexamplePath: string | null },
  { testPath = '', currentTestName = '' }: { testPath?: string; currentTestName?: string },
): string {
  const file = testPath.slice(testPath.lastIndexOf('/test/') + 1);
  // For the pattern of -t: characters with a meaning in patterns or in the shell match any character.
  const name = currentTestName.replaceAll(/[^\w ,:-]/g, '.');
  const path = counterexamplePath === null ? '' : ` FC_PATH=${counterexamplePath}`;
  return `replay: FC_SEED=${seed}${path} npx vitest run ${file} -t '${name}'`;
}

import fc from 'fast-check';
import { expect } from 'vitest';

interface Runs {
  /** Cases to try; 100 by default. */
  readonly numRuns?: number;
}

/** Set together, by the command that a failure prints, to run exactly the case that failed. */
const { FC_SEED, FC_PATH } = process.env;

/**
 * Tries a property on random cases. A failure shows the smallest case found and one command that replays it, so keep
 * to one property in a test: the command tells tests apart by name.
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
    ...runs,
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
  // As the pattern that -t takes: whatever means something in one, or to the shell, matches any character.
  const name = currentTestName.replaceAll(/[^\w ,:-]/g, '.');
  const path = counterexamplePath === null ? '' : ` FC_PATH=${counterexamplePath}`;
  return `replay: FC_SEED=${seed}${path} npx vitest run ${file} -t '${name}'`;
}

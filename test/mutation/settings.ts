import type { Stryker } from '@stryker-mutator/core';

type Options = ConstructorParameters<typeof Stryker>[0];

interface Mutated {
  readonly mutate: readonly string[];
  /** The lowest score that passes, in percent. */
  readonly atLeast: number;
}

/** How the code of one folder under core/ is mutated, by the tests that `<folder>.vitest.ts` names. */
export function mutating(folder: string, { mutate, atLeast }: Mutated): Options {
  return {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: `test/mutation/${folder}.vitest.ts`, related: false },
    mutate: [...mutate],
    coverageAnalysis: 'perTest',
    // Constants are worked out once at load: the runner can't tell which tests use them.
    ignoreStatic: true,
    ignorePatterns: [
      '**',
      ...['core/**', 'functions/**', 'test/**', 'sandbox/**', 'lib/**', 'local/**'].map(kept),
      ...ROOT,
    ],
    reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: `reports/mutation/${folder}.json` },
    htmlReporter: { fileName: `reports/mutation/${folder}.html` },
    clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
    tempDirName: '.stryker-tmp',
    concurrency: 2,
    // A busy machine must not pass for a mutant that never ends.
    timeoutMS: 90_000,
    thresholds: { high: atLeast, low: atLeast, break: atLeast },
    disableTypeChecks: false,
    // Node runs the sources as they are; there is nothing to be rewritten in any tsconfig.json.
    tsconfigFile: 'tsconfig.none.json',
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
  };
}

const kept = (pattern: string) => `!${pattern}`;
const ROOT = ['*.json', '*.ts'].map(kept);

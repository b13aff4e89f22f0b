import type { Stryker } from '@stryker-mutator/core';

type Options = ConstructorParameters<typeof Stryker>[0];

interface Mutated {
  readonly mutate: readonly string[];
  /** The lowest passing score in percent. */
  readonly atLeast: number;
}

/** How the code of one folder under core/ is mutated, with the tests that `<folder>.vitest.ts` names. */
export function mutating(folder: string, { mutate, atLeast }: Mutated): Options {
  return {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: `tools/verification/mutation/${folder}.vitest.ts`, related: false },
    mutate: [...mutate],
    coverageAnalysis: 'perTest',
    // Constants are computed once at load, so the runner cannot tell which tests use them.
    ignoreStatic: true,
    ignorePatterns: [
      '**',
      ...['core/**', 'functions/**', 'test/**', 'lib/**', 'operations/**', 'tools/**'].map(kept),
      ...ROOT,
    ],
    reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: `reports/mutation/${folder}.json` },
    htmlReporter: { fileName: `reports/mutation/${folder}.html` },
    clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
    tempDirName: '.stryker-tmp',
    concurrency: 2,
    // A slow machine must not be mistaken for an endless mutant.
    timeoutMS: 90_000,
    thresholds: { high: atLeast, low: atLeast, break: atLeast },
    disableTypeChecks: false,
    // Node runs the sources as they are, so no tsconfig.json has to be rewritten.
    tsconfigFile: 'tsconfig.none.json',
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
  };
}

const kept = (pattern: string) => `!${pattern}`;
const ROOT = ['*.json', '*.ts'].map(kept);

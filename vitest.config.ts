import './bin/node-version.js';
import { defineConfig } from 'vitest/config';
import { COLLECT_SELDOM } from './test/garbage-collection.ts';
import { SkippedTests } from './test/skipped-tests.ts';
import { hasJava } from './tools/verification/engines/dynamodb-local.ts';

/** Tests that use a table and nothing else of the local stack. With Java they run on Amazon's engine, and the store's run only there. */
const engineFolders = [
  'tools/verification/engines',
  'test/core/store',
  'tools/verification/memory-table',
  'capabilities/*/test/store',
];
const onEveryEngine = engineFolders.map((folder) => `${folder}/**/*.test.ts`);

/** Tests of synthesized templates that run nothing of them. */
const onTemplates = [
  'test/lib/**/*.test.ts',
  'capabilities/*/test/lib/**/*.test.ts',
  'test/operations/diff/stateful-types.test.ts',
  'tools/cost/test/deployed-counts.test.ts',
];

/** Tests of the page's modules. Node cannot load those with JSX. */
const onPage = ['test/dashboard/*/**/*.test.ts', 'capabilities/*/test/page/**/*.test.ts'];

/** Tests that start processes or read the environment at load. None may see what another left behind. */
const onProcesses = [
  'test/stack/**/*',
  'test/bin/node-version',
  'test/core/telemetry/*',
  'test/dashboard/in-browser',
  'tools/local/test/*',
  'tools/emulator/test/broken-function',
  'capabilities/*/test/stack/**/*',
].map((place) => `${place}.test.ts`);

const java = hasJava();

/** The store needs one real engine: Amazon's, which refuses more, or the embedded one where there is no Java. */
const onAmazons = java
  ? ['test/core/store', 'capabilities/*/test/store'].map((folder) => `${folder}/**/*.test.ts`)
  : [];

const withoutJava = {
  folders: engineFolders,
  on: "on Amazon's own DynamoDB Local",
  because: 'there is no Java 17 or later on the PATH.',
};

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A worker makes objects from its first to its last second, and uses the room anyway.
    execArgv: [...COLLECT_SELDOM, '--min-semi-space-size=64', '--import', './bin/node-version.js'],
    // Node loads the modules itself: Vite's runner calls a function at every use of an import. vi.mock fails, and vi.resetModules does nothing.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    reporters: [
      'default',
      ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
      new SkippedTests(java ? [] : [withoutJava]),
    ],
    globalSetup: ['test/temporary-folder.ts'],
    setupFiles: ['test/patient-data-printed.ts', 'test/compile-cache.ts'],
    projects: [
      { extends: true, test: { name: 'stack', include: onProcesses } },
      // Loading the CDK and the clients again for each file would take longer than most files.
      {
        extends: true,
        test: {
          name: 'embedded',
          include: ['{test,tools,capabilities}/**/*.test.ts'],
          exclude: [...onTemplates, ...onPage, ...onProcesses, ...onAmazons],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'page', include: onPage, isolate: false, experimental: { viteModuleRunner: true } },
      },
      { extends: true, test: { name: 'templates', include: onTemplates, isolate: false } },
      ...(java
        ? [
            {
              extends: true as const,
              test: {
                name: 'dynamodb-local',
                include: onEveryEngine,
                env: { TEST_ENGINE: 'dynamodb-local' },
                // Amazon's engine is slow until it is warm: one costs less than two.
                maxWorkers: 1,
                sequence: { groupOrder: 1 },
                isolate: false,
                globalSetup: ['tools/verification/engines/shared-dynamodb-local.ts'],
                testTimeout: 60_000,
              },
            },
          ]
        : []),
    ],
  },
});

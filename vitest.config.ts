import { defineConfig } from 'vitest/config';
import { hasJava } from './test/engines/dynamodb-local.ts';

/** What talks to a table and nothing else of the local stack: it holds on any engine that claims to be DynamoDB. */
const onEveryEngine = ['engines', 'store', 'memory'].map((folder) => `test/${folder}/**/*.test.ts`);

const java = hasJava();
if (!java) console.warn("No Java 17: the tests on Amazon's own DynamoDB Local are skipped.");

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'embedded', include: ['test/**/*.test.ts'] } },
      ...(java
        ? [
            {
              extends: true as const,
              test: {
                name: 'dynamodb-local',
                include: onEveryEngine,
                env: { TEST_ENGINE: 'dynamodb-local' },
                testTimeout: 60_000,
              },
            },
          ]
        : []),
    ],
  },
});

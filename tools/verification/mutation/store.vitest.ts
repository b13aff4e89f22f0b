import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The tests of the store, on the table in memory (docs/project/mutation-testing.md). */
export default defineConfig({
  test: {
    include: ['test/core/store/**/*.test.ts'],
    // Only a real engine reports the cost of a write.
    exclude: ['test/core/store/write-units.test.ts'],
    env: { TEST_ENGINE: 'memory' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

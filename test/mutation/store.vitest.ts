import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The tests that judge the store, on the table in memory (docs/mutation-testing.md). */
export default defineConfig({
  test: {
    include: ['test/core/store/**/*.test.ts'],
    // What a write costs, only a real engine tells.
    exclude: ['test/core/store/write-units.test.ts'],
    env: { TEST_ENGINE: 'memory' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The tests that judge the store, on the table in memory (docs/mutation-testing.md). */
export default defineConfig({
  test: {
    include: ['test/store/**/*.test.ts'],
    // What a write costs, only a real engine tells; cursors are not the store's.
    exclude: ['test/store/write-units.test.ts', 'test/store/cursors.test.ts'],
    env: { TEST_ENGINE: 'memory' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

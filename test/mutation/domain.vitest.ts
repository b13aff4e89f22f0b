import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The fast tests that judge the domain: what a mutant has to get past (docs/mutation-testing.md). */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/sweep/clocks.test.ts', 'test/sweep/marks.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

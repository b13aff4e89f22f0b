import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The fast tests that judge the domain: what a mutant has to get past (docs/mutation-testing.md). */
export default defineConfig({
  test: {
    include: [
      'test/core/domain/**/*.test.ts',
      'test/core/use-cases/sweep/clocks.test.ts',
      'test/core/use-cases/sweep/marks.test.ts',
    ],
    testTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

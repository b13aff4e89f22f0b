import { defineConfig } from 'vitest/config';
import { QuickestFirst } from './quickest-first.ts';

/** The fast tests of the domain, which must detect each mutant (docs/project/mutation-testing.md). */
export default defineConfig({
  test: {
    include: [
      'test/core/domain/**/*.test.ts',
      'test/core/use-cases/sweep/clocks.test.ts',
      'test/core/use-cases/sweep/marks.test.ts',
      'test/core/use-cases/acknowledgements/withdrawal.test.ts',
    ],
    testTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
  },
});

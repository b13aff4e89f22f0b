const { SEED } = process.env;

const skippedBecause = (reason: string, skipped: boolean) =>
  skipped ? { meta: { skippedBecause: reason } } : {};

/** Options of tests that depend on SEED: every seed, or the one that a failure printed (see SkippedTests). */
export const allSeeds = skippedBecause('SEED is set: only that seed runs.', SEED !== undefined);
export const oneSeed = skippedBecause(
  'SEED is not set: they replay the seed that a failure printed.',
  SEED === undefined,
);

/** Options of tests that SEED chooses between: every seed, or the one that a failure printed (see SkippedTests). */
export const allSeeds = { meta: { skippedBecause: 'SEED is set: that seed alone is run.' } };
export const oneSeed = {
  meta: { skippedBecause: 'SEED is not set: they replay the seed that a failure printed.' },
};

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Runs the test files that are most likely to detect a mutant quickly first: those that detected the previous one, which
 * is often similar, then the shortest. The runner's own order begins with the longest, and the first failure ends a run.
 */
export class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const result = (file: TestSpecification) => this.ctx.cache.getTestSpecificationResult(file);
    const rank = (file: TestSpecification) => (result(file)?.failed ? -1 : (result(file)?.duration ?? 0));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** At the end of a run: what was skipped, and why. Otherwise a skipped test would look like one that passed. */
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

declare module 'vitest' {
  export interface TaskMeta {
    /** Why these tests are skipped, as the rest of a sentence that begins with "skipped because". */
    skippedBecause?: string;
  }
}

/** Tests that a second project would also run, but is not part of this run. */
export interface LeftOut {
  /** The folders whose tests it would run, from the root of the repository. */
  readonly folders: readonly string[];
  readonly on: string;
  readonly because: string;
}

export class SkippedTests implements Reporter {
  private readonly leftOut: readonly LeftOut[];
  /** For tests without a reason of their own. */
  private otherwise = 'without a stated reason.';

  constructor(leftOut: readonly LeftOut[]) {
    this.leftOut = leftOut;
  }

  onInit({ config }: Vitest): void {
    if (config.testNamePattern) this.otherwise = 'because -t does not select them.';
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = [...notRepeated(modules, this.leftOut), ...skipped(modules, this.otherwise)];
    const text = lines.length === 0 ? 'Skipped: nothing.' : ['Skipped:', ...lines].join('\n  ');
    process.stdout.write(`${text}\n\n`);
  }
}

function notRepeated(modules: readonly TestModule[], leftOut: readonly LeftOut[]): string[] {
  return leftOut.flatMap(({ folders, on, because }) => {
    const concerned = modules.filter(({ relativeModuleId }) =>
      folders.some((folder) => relativeModuleId.startsWith(`${folder}/`)),
    );
    const count = concerned.reduce((sum, { children }) => sum + [...children.allTests()].length, 0);
    return count === 0 ? [] : [`${tests(count)} were not run again ${on}, because ${because}`];
  });
}

function skipped(modules: readonly TestModule[], otherwise: string): string[] {
  const found = modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map((test) => ({
      file: module.relativeModuleId,
      because: reasonOf(test),
    })),
  );
  const byReason = Map.groupBy(found, ({ because }) => because);
  return [...byReason].map(([because, skips]) => {
    const files = [...new Set(skips.map(({ file }) => file))].join(', ');
    return `${tests(skips.length)} in ${files}, ${because ? `because ${because}` : otherwise}`;
  });
}

/** A reason given by the test itself counts first, then that of the nearest suite around it. */
function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  if (result.state === 'skipped' && result.note) return result.note;
  for (let task: TestCase | TestSuite | TestModule = test; task.type !== 'module'; task = task.parent) {
    const { skippedBecause } = task.meta();
    if (skippedBecause) return skippedBecause;
  }
  return undefined;
}

const tests = (count: number) => (count === 1 ? '1 test' : `${count} tests`);

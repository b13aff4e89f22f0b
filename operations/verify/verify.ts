import { type Finding, runCheck } from './check.ts';
import { checks } from './checks.ts';
import type { Deployment } from './deployment.ts';

const MARKS = { passed: 'ok    ', skipped: '-     ', failed: 'FAILED' } as const;
const WIDTH = Math.max(...checks.map(({ name }) => name.length));

/** Runs the checks, and prints what each found and what to do about it. @returns whether no check failed */
export async function verify(deployment: Deployment, skip: readonly string[]): Promise<boolean> {
  let succeeded = true;
  for (const check of checks.filter(({ name }) => !skip.includes(name))) {
    const finding = await runCheck(check, deployment);
    for (const line of findingLines(check.name, finding)) console.log(line);
    succeeded &&= finding.state !== 'failed';
  }
  console.log(succeeded ? 'The deployment works.' : 'The deployment does not work yet.');
  return succeeded;
}

/** A finding in the columns of all checks, and below it what to do about a failure. */
export function findingLines(name: string, finding: Finding): string[] {
  const start = `${MARKS[finding.state]}  ${name.padEnd(WIDTH)}  `;
  const line = start + finding.detail;
  return finding.state === 'failed' ? [line, `${' '.repeat(start.length)}→ ${finding.remedy}`] : [line];
}

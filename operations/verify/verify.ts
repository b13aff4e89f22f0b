import { runCheck } from './check.ts';
import { checks } from './checks.ts';
import type { Deployment } from './deployment.ts';

const MARKS = { passed: 'ok    ', skipped: '-     ', failed: 'FAILED' } as const;

/** Runs the checks, and prints what each found and what to do about it. @returns whether no check failed */
export async function verify(deployment: Deployment, skip: readonly string[]): Promise<boolean> {
  let succeeded = true;
  for (const check of checks.filter(({ name }) => !skip.includes(name))) {
    const finding = await runCheck(check, deployment);
    console.log(`${MARKS[finding.state]}  ${check.name.padEnd(12)}  ${finding.detail}`);
    if (finding.state !== 'failed') continue;
    succeeded = false;
    console.log(`${' '.repeat(22)}→ ${finding.remedy}`);
  }
  console.log(succeeded ? 'The deployment works.' : 'The deployment does not work yet.');
  return succeeded;
}

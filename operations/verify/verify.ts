import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Finding, runCheck } from './check.ts';
import { checks } from './checks.ts';

const MARKS = { passed: 'ok    ', skipped: '-     ', 'not set up': 'SET UP', failed: 'FAILED' } as const;
const WIDTH = Math.max(...checks.map(({ name }) => name.length));

export interface VerifyOptions {
  readonly skip: readonly string[];
  /** Whether it is enough that nothing failed. By default, what is not set up yet counts too. */
  readonly setUpLater?: boolean;
  /** Print the findings as JSON. */
  readonly json?: boolean;
}

/** Runs the checks, and prints what each found and what to do about it. @returns whether the deployment has what it must */
export async function verify(
  deployment: Deployment,
  { skip, setUpLater = false, json = false }: VerifyOptions,
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const names = checks.map(({ name }) => name);
  const unknown = skip.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Problem(`There is no check ${unknown}. The checks are ${names.join(', ')}.`);
  const say = json ? () => {} : print;
  const findings: (Finding & { readonly name: string })[] = [];
  const states = new Set<Finding['state']>();
  for (const check of checks.filter(({ name }) => !skip.includes(name))) {
    const finding = await runCheck(check, deployment);
    for (const line of findingLines(check.name, finding)) say(line);
    // GitHub shows it on the page of the run, which succeeds.
    if (finding.state === 'not set up' && setUpLater && process.env.GITHUB_ACTIONS) {
      say(`::warning title=Not set up yet: ${check.name}::${finding.detail} ${finding.remedy}`);
    }
    states.add(finding.state);
    findings.push({ name: check.name, ...finding });
  }
  const isSetUp = !states.has('not set up');
  say(summaryOf(states.has('failed'), isSetUp));
  if (json) print(JSON.stringify(findings, null, 2));
  return !states.has('failed') && (isSetUp || setUpLater);
}

function summaryOf(hasFailed: boolean, isSetUp: boolean): string {
  if (hasFailed) return 'The deployment does not work yet.';
  return isSetUp
    ? 'The deployment works.'
    : 'Nothing failed, but the deployment does not work before its setup is complete.';
}

/** A finding in the columns of all checks, and below it what to do about a failure. */
export function findingLines(name: string, finding: Finding): string[] {
  const start = `${MARKS[finding.state]}  ${name.padEnd(WIDTH)}  `;
  const line = start + finding.detail;
  return 'remedy' in finding ? [line, `${' '.repeat(start.length)}→ ${finding.remedy}`] : [line];
}

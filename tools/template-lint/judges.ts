import { dirname, join } from 'node:path';
import { runProcess } from '../processes/run-process.ts';
import { openEnvironment, type Python } from '../python/environment.ts';
import { type Finding, readCfnLint, readCheckov } from './findings.ts';

const INSTALL_LIMIT_MS = 240_000;
const RUN_LIMIT_MS = 120_000;

export interface JudgeOptions {
  readonly python: Python;
  /** Everything that a judge writes is in here. */
  readonly home: string;
  readonly signal: AbortSignal;
}

/** Installs a judge if necessary. @returns what runs it with arguments, and what it printed */
export async function openJudge(judge: Finding['judge'], { python, home, signal }: JudgeOptions) {
  const requirements = join(import.meta.dirname, `${judge}.requirements.txt`);
  const environment = { name: judge, requirements, limit: INSTALL_LIMIT_MS, signal };
  const programs = dirname(await openEnvironment(python, environment));
  const PATH = [programs, '/usr/bin', '/bin'].join(':');
  const env = { PATH, HOME: home, TMPDIR: home, LOG_LEVEL: 'ERROR' };
  return (args: readonly string[]) =>
    runProcess(join(programs, judge), args, { env, limit: RUN_LIMIT_MS, signal });
}

type Judge = Awaited<ReturnType<typeof openJudge>>;

/** Whether CloudFormation would accept templates in a region. */
export async function askCfnLint(
  judge: Judge,
  templates: readonly string[],
  region: string,
): Promise<Finding[]> {
  const args = ['--format', 'json', '--non-zero-exit-code', 'none', '--regions', region, '--'];
  return readCfnLint(await judge([...args, ...templates]));
}

/** Whether templates are as safe as they could be. */
export async function askCheckov(judge: Judge, templates: readonly string[]): Promise<Finding[]> {
  const args = ['--framework', 'cloudformation', '--output', 'json', '--compact', '--soft-fail'];
  // It would ask its maker's service otherwise.
  const offline = ['--skip-download'];
  return readCheckov(await judge([...args, ...offline, ...templates.flatMap((file) => ['--file', file])]));
}

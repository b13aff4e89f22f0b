import { dirname, join } from 'node:path';
import { runProcess } from '../../processes/run-process.ts';
import { ACCOUNT, type Ministack, REGION } from './ministack.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface CdkOptions {
  /** The home of the CLI, in which it keeps its caches. */
  readonly home: string;
  /** undefined: nothing is deployed, so there are no credentials. */
  readonly ministack?: Ministack;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Runs the CDK CLI of the lockfile. @returns what it printed to stdout */
export function cdk(args: readonly string[], { home, ministack, ...options }: CdkOptions): Promise<string> {
  const program = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  return runProcess(process.execPath, [program, ...args, '--no-notices', '--ci'], {
    ...options,
    cwd: ROOT,
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      HOME: home,
      TMPDIR: home,
      AWS_REGION: REGION,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      ...(ministack && {
        AWS_ENDPOINT_URL: ministack.url,
        AWS_ENDPOINT_URL_S3: ministack.url,
        AWS_ACCESS_KEY_ID: ACCOUNT,
        AWS_SECRET_ACCESS_KEY: 'any',
      }),
    },
  });
}

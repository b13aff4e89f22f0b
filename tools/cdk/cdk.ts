import { dirname, join } from 'node:path';
import { runProcess } from '../processes/run-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** An emulator that stands for AWS. */
export interface Cloud {
  readonly url: string;
  readonly account: string;
}

export interface CdkOptions {
  /** The home of the CLI, in which it keeps its caches. */
  readonly home: string;
  readonly region: string;
  /** By default nothing is deployed, so there are no credentials. */
  readonly cloud?: Cloud;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Runs the CDK CLI of the lockfile. @returns what it printed to stdout */
export function cdk(
  args: readonly string[],
  { home, region, cloud, ...options }: CdkOptions,
): Promise<string> {
  const program = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  return runProcess(process.execPath, [program, ...args, '--no-notices', '--ci'], {
    ...options,
    cwd: ROOT,
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      HOME: home,
      TMPDIR: home,
      AWS_REGION: region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      ...(cloud && {
        AWS_ENDPOINT_URL: cloud.url,
        AWS_ENDPOINT_URL_S3: cloud.url,
        AWS_ACCESS_KEY_ID: cloud.account,
        AWS_SECRET_ACCESS_KEY: 'any',
      }),
    },
  });
}

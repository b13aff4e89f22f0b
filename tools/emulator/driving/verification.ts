import { join } from 'node:path';
import { runProcess } from '../../processes/run-process.ts';
import { ACCOUNT, type Ministack, REGION } from '../aws/ministack.ts';
import type { DeployedStage } from './deployed-stage.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The emulator delivers no events to log groups, which this check looks at. */
export const NOT_EMULATED = 'bus';

interface StepOptions {
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Runs `npx redraw-tracker verify`, as after a deployment to AWS. @throws if a check fails */
export async function verifyStage(
  stage: DeployedStage,
  ministack: Ministack,
  options: StepOptions,
): Promise<string> {
  const command = [join('bin', 'redraw-tracker.js'), 'verify'];
  const choice = ['--stack', stage.stackName, '--url', await stage.url('ApiUrl')];
  const printed = await runProcess(
    process.execPath,
    [...command, ...choice, '--skip', NOT_EMULATED, '--set-up-later'],
    {
      ...options,
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        AWS_ENDPOINT_URL: ministack.url,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: ACCOUNT,
        AWS_SECRET_ACCESS_KEY: 'any',
        TOKEN: await stage.token('transactions/read'),
      },
    },
  );
  if (!/^ok +topics /m.test(printed)) throw new Error(`No test reached the topics:\n${printed}`);
  const passed = printed.match(/^ok /gm)?.length ?? 0;
  if (passed < 4) throw new Error(`Too few checks passed:\n${printed}`);
  return `${passed} checks passed`;
}

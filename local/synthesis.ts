import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import * as z from 'zod';
import { Problem } from './problem.ts';

const repository = join(import.meta.dirname, '..');
const cdkJson = z.object({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

/**
 * Runs the CDK app as `cdk synth` would, without the command line tool around it.
 * @param folder where the assembly goes; what was there is replaced.
 * @throws Problem with what the app printed.
 */
export async function synthesize(folder: string, signal: AbortSignal): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { app, context } = cdkJson.parse(JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')));
  // Lambda finds no package.json around a bundle; here the repository's would make every .js an ES module.
  writeFileSync(join(dirname(folder), 'package.json'), '{}\n');
  const child = spawn(app, {
    cwd: repository,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    // Also how an abort ends the child.
    child.on('error', fail);
    child.on('close', done);
  });
  if (code !== 0) {
    throw new Problem(
      `The template could not be synthesized (npm run synth):\n${Buffer.concat(printed).toString()}`,
    );
  }
}

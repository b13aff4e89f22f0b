import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import * as z from 'zod';
import { buildOnce, digestOf } from '../../lib/bundling/build-once.ts';
import { sourcesOfPage } from '../../lib/bundling/dashboard-bundle.ts';
import { Problem } from '../problem.ts';

const repository = join(import.meta.dirname, '..', '..');
const cdkJson = z.object({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

/**
 * Puts the assembly into a folder; what was there is replaced.
 * @param settings context that goes before that of cdk.json, as `cdk synth -c` has it
 * @throws Problem with what the app printed.
 */
export type Synthesis = (
  folder: string,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<void>;

/** What the assembly is made of, beside the settings and Node. */
const sources = ['bin', 'lib', 'functions', 'core', 'cdk.json', ...sourcesOfPage];

/** Runs the CDK app unless it made the same before: most starts come without a change. */
export const synthesize: Synthesis = async (folder, settings, signal) => {
  rmSync(folder, { recursive: true, force: true });
  // Lambda finds no package.json around a bundle; here the repository's would make every .js an ES module.
  writeFileSync(join(dirname(folder), 'package.json'), '{}\n');
  const name = digestOf(repository, sources, JSON.stringify([process.version, settings]));
  const made = await buildOnce(join(repository, 'dist', 'assemblies', name), (unfinished) =>
    runApp(unfinished, settings, signal),
  );
  cpSync(made, folder, { recursive: true });
};

/** As `cdk synth` would, without the command line tool around it. */
const runApp: Synthesis = async (folder, settings, signal) => {
  const { app, context } = cdkJson.parse(JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')));
  const child = spawn(app, {
    cwd: repository,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      // What is deployed is validated, by `npm run synth` and by deploying; here that would be half the time.
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...settings }),
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
};

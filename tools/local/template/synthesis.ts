import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { buildOnce, digestOf } from '../../../lib/bundling/build-once.ts';
import { sourcesOfPage } from '../../../lib/bundling/dashboard-bundle.ts';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { readDeployment } from '../../../lib/configuration/deployment.ts';
import { Problem } from '../../../lib/problems/problem.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const cdkJson = z.object({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

export interface AppSettings {
  /** Overrides the context in cdk.json, as in `cdk synth -c`. */
  readonly context: Readonly<Record<string, string>>;
  /** Of the stacks for which the app sets none, as from the CDK CLI. Some resources are only in a stack with a region. */
  readonly region: string;
}

/**
 * Writes the assembly into a folder, in place of its content.
 * @throws Problem with the output of the app
 */
export type Synthesis = (folder: string, settings: AppSettings, signal: AbortSignal) => Promise<void>;

/** The sources of the assembly. It depends on the settings and the version of Node too. */
const sources = ['bin', 'lib', 'functions', 'core', 'capabilities', 'cdk.json', ...sourcesOfPage];

/** Runs the CDK app, unless the assembly for these sources and settings is cached: most starts happen without a change. */
export const synthesize: Synthesis = async (folder, settings, signal) => {
  rmSync(folder, { recursive: true, force: true });
  // Lambda has no package.json above a bundle. The one of the repository would make every .js an ES module.
  writeFileSync(join(dirname(folder), 'package.json'), '{}\n');
  const read = [...sources, ...ownFiles(contextOf(settings))];
  const name = digestOf(repository, read, JSON.stringify([process.version, settings]));
  const made = await buildOnce(join(repository, 'dist', 'assemblies', name), (unfinished) =>
    runApp(unfinished, settings, signal),
  );
  cpSync(made, folder, { recursive: true });
};

/** The deployer's directory with the texts of patient messages and file of teams, which can be anywhere. */
function ownFiles(context: Readonly<Record<string, unknown>>): string[] {
  try {
    const { messageTemplates, teams } = readDeployment(context).configuration;
    return [messageTemplates, teams]
      .filter((path) => path !== undefined)
      .map((path) => relative(repository, resolve(repository, path)));
  } catch (error) {
    // The app reports it.
    if (error instanceof ConfigurationError) return [];
    throw error;
  }
}

const readCdkJson = () => cdkJson.parse(JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')));

const contextOf = ({ context }: AppSettings) => ({ ...readCdkJson().context, ...context });

/** Like `cdk synth`, without the command line tool. */
const runApp: Synthesis = async (folder, settings, signal) => {
  const { app } = readCdkJson();
  const child = spawn(app, {
    cwd: repository,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      // Validation takes half the time. `npm run synth` and deployments validate the template.
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: folder,
      CDK_DEFAULT_REGION: settings.region,
      CDK_CONTEXT_JSON: JSON.stringify(contextOf(settings)),
    },
  });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    // An abort ends the child with an error.
    child.on('error', fail);
    child.on('close', done);
  });
  if (code !== 0) {
    throw new Problem(
      `The template could not be synthesized (npm run synth):\n${Buffer.concat(printed).toString()}`,
    );
  }
};

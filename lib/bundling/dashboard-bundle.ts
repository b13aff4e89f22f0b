import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtOnce, digestOf } from './built-once.ts';

export interface DashboardBundleOptions {
  /** The repository: its dashboard/ is built, with what its lockfile brought. */
  readonly root: string;
  /** Receives one folder per state of the sources, named by their hash. */
  readonly outputDirectory: string;
}

/** What the page is made of. */
export const sourcesOfPage = [
  'dashboard',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'docs/openapi/openapi.json',
] as const;

/** The page cannot be built; the message says why, and what to do. */
export class DashboardBuildError extends Error {
  override readonly name = 'DashboardBuildError';
}

/**
 * Builds the page with Vite unless these very sources were built before: each state of them has a folder of its own.
 *
 * @returns the folder to deploy
 * @throws {DashboardBuildError}
 */
export async function bundleDashboard(options: DashboardBundleOptions): Promise<string> {
  const { root, outputDirectory } = options;
  if (!existsSync(join(root, 'dashboard', 'index.html'))) {
    throw new DashboardBuildError(
      'There is no dashboard/index.html to build. Check the repository out again, or set redraw-tracker:dashboard to off.',
    );
  }
  const folder = join(outputDirectory, digestOf(root, sourcesOfPage));
  return builtOnce(folder, (unfinished) => build(root, unfinished));
}

/** In a process of its own, so that the functions can be bundled meanwhile. */
async function build(root: string, outDir: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', join(root, 'dashboard'), '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    // What tests set for themselves must not get into the page.
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  if (code === 0 && existsSync(join(outDir, 'index.html'))) return;
  throw new DashboardBuildError(
    `The dashboard could not be built:\n${Buffer.concat(printed).toString().trim()}\n` +
      'Run npm ci if a package is missing. To go on without the page, set redraw-tracker:dashboard to off.',
  );
}

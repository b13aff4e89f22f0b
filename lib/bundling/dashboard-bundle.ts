import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildOnce, digestOf } from './build-once.ts';

export interface DashboardBundleOptions {
  /** The repository: its dashboard/ is built with the packages of its lockfile. */
  readonly root: string;
  /** Receives a folder per version of the sources, named by their hash. */
  readonly outputDirectory: string;
}

/** The sources of the page. */
export const sourcesOfPage = [
  'dashboard',
  'capabilities',
  'core/domain',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'docs/openapi/openapi.json',
] as const;

/** The page cannot be built. The message states why and what to do. */
export class DashboardBuildError extends Error {
  override readonly name = 'DashboardBuildError';
}

/**
 * Builds the page with Vite, unless the same sources were built before.
 *
 * @returns the folder to deploy
 * @throws {DashboardBuildError}
 */
export async function bundleDashboard(options: DashboardBundleOptions): Promise<string> {
  const { root, outputDirectory } = options;
  if (!existsSync(join(root, 'dashboard', 'index.html'))) {
    throw new DashboardBuildError(
      'dashboard/index.html is missing. Check out the repository again, or set redraw-tracker:dashboard to off.',
    );
  }
  const folder = join(outputDirectory, digestOf(root, sourcesOfPage));
  return buildOnce(folder, (unfinished) => build(root, unfinished));
}

/** Runs Vite in a separate process, so that the functions can be bundled at the same time. */
async function build(root: string, outDir: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', join(root, 'dashboard'), '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    // NODE_ENV of a test run must not get into the page.
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
      'Run npm ci if a package is missing. To continue without the page, set redraw-tracker:dashboard to off.',
  );
}

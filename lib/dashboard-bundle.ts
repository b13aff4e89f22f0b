import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface DashboardBundleOptions {
  /** The repository: its dashboard/ is built, with what its lockfile brought. */
  readonly root: string;
  /** Receives one folder per state of the sources, named by their hash. */
  readonly outputDirectory: string;
}

/** What the page is made of besides its own folder. */
const sharedInputs = ['package-lock.json', 'tsconfig.json', 'docs/openapi/openapi.json'];
const notSources = new Set(['dist', 'node_modules']);
const A_DAY_MS = 24 * 60 * 60 * 1000;

/** The page cannot be built; the message says why, and what to do. */
export class DashboardBuildError extends Error {
  override readonly name = 'DashboardBuildError';
}

/**
 * Builds the page with Vite unless these very sources were built before. Each state of them has a folder of its own, put
 * in place in one step: whoever synthesizes at the same time sees a whole page or none, and nothing is built twice.
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
  const folder = join(outputDirectory, digestOfSources(root));
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${randomUUID()}`;
  mkdirSync(outputDirectory, { recursive: true });
  try {
    await build(root, unfinished);
    putInPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOlderThanADay(outputDirectory, folder);
  return folder;
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

/** Somebody else may have built the same meanwhile: then theirs stays. */
function putInPlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function digestOfSources(root: string): string {
  const hash = createHash('sha256');
  const shared = sharedInputs.map((path) => join(root, path)).filter((path) => existsSync(path));
  for (const file of [...filesBelow(join(root, 'dashboard')), ...shared]) {
    const contents = readFileSync(file);
    hash.update(`${relative(root, file)}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !notSources.has(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

function removeOlderThanADay(outputDirectory: string, kept: string): void {
  for (const name of readdirSync(outputDirectory)) {
    const folder = join(outputDirectory, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (folder !== kept && age > A_DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
}

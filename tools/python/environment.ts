import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessFailed, runProcess } from '../processes/run-process.ts';

/** Ignored by git. What is in it makes the next run faster, and can be deleted. */
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'python');

/** From the newest that was tried to the oldest that the packages support. */
const PYTHONS = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];

const USABLE =
  'import sys, venv, ensurepip; assert sys.version_info >= (3, 10); print(sys.version.split()[0])';

export interface Python {
  readonly command: string;
  readonly version: string;
}

/** The newest Python on the PATH that can make virtual environments; undefined if there is none. */
export async function findPython(): Promise<Python | undefined> {
  for (const command of PYTHONS) {
    try {
      const version = await runProcess(command, ['-c', USABLE], { env: inherited(), limit: 20_000 });
      return { command, version: version.trim() };
    } catch (error) {
      if (!(error instanceof ProcessFailed) && (error as NodeJS.ErrnoException).code !== 'ENOENT')
        throw error;
    }
  }
  return undefined;
}

/** What to say where there is none. */
export const NO_PYTHON = 'There is no Python 3.10 or later with venv on the PATH.';

export interface EnvironmentOptions {
  /** The name in the cache. */
  readonly name: string;
  /** A file of exact versions with hashes. */
  readonly requirements: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * A virtual environment with exactly these packages, made on the first use.
 *
 * @returns the path of its Python
 */
export async function openEnvironment(
  { command, version }: Python,
  { name, requirements, limit, signal }: EnvironmentOptions,
): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex');
  const folder = join(CACHE, `${name}-${digest.slice(0, 12)}`);
  const python = join(folder, 'bin', 'python');
  // Written last, so that an interrupted installation is not taken for a whole one.
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE).filter((one) => one.startsWith(`${name}-`))) {
    rmSync(join(CACHE, old), { recursive: true, force: true });
  }
  const options = { env: inherited(), limit, ...(signal && { signal }) };
  await runProcess(command, ['-m', 'venv', folder], options);
  // Only what the file names, as built by its makers: no code of a package runs at installation.
  const exactly = ['--require-hashes', '--only-binary', ':all:', '--requirement', requirements];
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
  await runProcess(python, ['-m', 'pip', 'install', ...quietly, ...exactly], options);
  writeFileSync(complete, '');
  return python;
}

/** Registries, proxies and certificates are configured in the environment. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

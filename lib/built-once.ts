import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

const notSources = new Set(['dist', 'node_modules']);
const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Builds a folder unless it is there. It is put in place in one step: whoever builds the same at the same time sees all
 * of it or nothing, and nothing is built twice. What stands beside it and was not asked for in a day goes.
 *
 * @param folder named by what it is built from
 * @param build writes into the folder it is given, which is not there yet
 */
export async function builtOnce(
  folder: string,
  build: (unfinished: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  }
  const unfinished = `${folder}.${randomUUID()}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    await build(unfinished);
    putInPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOlderThanADay(dirname(folder), folder);
  return folder;
}

/** A name for the state of these files and folders below `root`, of those that are there, and for what else counts. */
export function digestOf(root: string, paths: readonly string[], besides = ''): string {
  const hash = createHash('sha256').update(besides);
  for (const file of paths.flatMap((path) => filesAt(join(root, path)))) {
    const contents = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(path)
    .filter((name) => !notSources.has(name))
    .sort()
    .flatMap((name) => filesAt(join(path, name)));
}

/** Somebody else may have built the same meanwhile: then theirs stays. */
function putInPlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function removeOlderThanADay(parent: string, kept: string): void {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (folder !== kept && age > A_DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
}

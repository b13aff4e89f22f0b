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
import { dirname, extname, join, relative } from 'node:path';

const notSources = new Set(['dist', 'node_modules']);
const A_DAY_MS = 24 * 60 * 60 * 1000;
/** An assembly is 28 MB, and every change makes another one. */
const MOST_OTHERS = 7;

/**
 * Builds a folder unless it is there. It is put in place in one step: whoever builds the same at the same time sees all
 * of it or nothing, and nothing is built twice. Of what stands beside it, the few that were used last stay for a day.
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
  removeUnused(dirname(folder), folder);
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

function removeUnused(parent: string, kept: string): void {
  const others = readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((folder) => folder !== kept)
    .map((folder) => ({ folder, usedAt: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.usedAt - one.usedAt);
  for (const [rank, { folder, usedAt }] of others.entries()) {
    // What somebody else is just building has an extension.
    const surplus = rank >= MOST_OTHERS && extname(folder) === '';
    if (surplus || Date.now() - usedAt > A_DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
}

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

const IGNORED_FOLDERS = new Set(['dist', 'node_modules']);
const DAY_MS = 24 * 60 * 60 * 1000;
/** An assembly is 28 MB, and every change creates another one. */
const MAX_OTHER_BUILDS = 7;

/**
 * Builds a folder unless it exists. The folder appears in one step, so that concurrent builds never see it incomplete.
 * Of its sibling folders, the most recently used are kept for a day.
 *
 * @param folder named by the digest of its sources
 * @param build writes into the folder it is given, which does not exist yet
 */
export async function buildOnce(
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
    moveIntoPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeUnused(dirname(folder), folder);
  return folder;
}

/** A digest of these files and folders below `root`, and of `extra`. Paths that do not exist are ignored. */
export function digestOf(root: string, paths: readonly string[], extra = ''): string {
  const hash = createHash('sha256').update(extra);
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
    .filter((name) => !IGNORED_FOLDERS.has(name))
    .sort()
    .flatMap((name) => filesAt(join(path, name)));
}

/** Keeps the folder of another process that finished first. */
function moveIntoPlace(unfinished: string, folder: string): void {
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
    // A folder with an extension is being built by another process.
    const surplus = rank >= MAX_OTHER_BUILDS && extname(folder) === '';
    if (surplus || Date.now() - usedAt > DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
}

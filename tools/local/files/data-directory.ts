import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { readJsonFile, replaceFile } from './atomic-file.ts';

/** Increase it when this version cannot read the files of an older one. */
export const LAYOUT_VERSION = 2;

const layoutSchema = z.object({
  layout: z.number(),
  /** No stack has used the directory yet: a failed start does not count as the first one. */
  unused: z.boolean().default(false),
});

export interface DataDirectory {
  /** Absolute. For `:memory:`, a temporary directory that `close` removes. */
  path: string;
  /** The setting is `:memory:`: no data outlives the process. */
  inMemory: boolean;
  /** No earlier stack has used the directory. */
  wasEmpty: boolean;
  /** Marks the directory as used. */
  use(): void;
  /** Absolute path of a file. Creates its parent directory. */
  file(...names: string[]): string;
  close(): void;
}

/**
 * Opens the directory and locks it for this process. The operating system releases the lock when the process ends.
 * @throws Problem if it cannot be created, another process holds it, or it has another layout. Nothing is changed then.
 */
export function openDataDirectory(setting: string): DataDirectory {
  const inMemory = setting === ':memory:';
  const path = inMemory ? mkdtempSync(join(tmpdir(), 'redraw-tracker-')) : resolve(setting);
  const wasEmpty = inMemory || checkLayout(path);
  create(path);
  const lock = acquireLock(path);
  const note = (unused: boolean) =>
    replaceFile(
      join(path, 'layout.json'),
      `${JSON.stringify({ layout: LAYOUT_VERSION, ...(unused && { unused }) })}\n`,
    );
  note(wasEmpty);
  return {
    path,
    inMemory,
    wasEmpty,
    use: () => note(false),
    file(...names) {
      const file = join(path, ...names);
      mkdirSync(join(file, '..'), { recursive: true });
      return file;
    },
    close() {
      lock.close();
      if (inMemory) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** @returns whether no stack has used the directory. */
function checkLayout(path: string): boolean {
  if (!existsSync(path)) return true;
  const layoutFile = join(path, 'layout.json');
  if (!existsSync(layoutFile)) {
    // A start that was killed in its first milliseconds leaves only the lock.
    if (entries(path).every((name) => /^(lock\.sqlite|layout\.json\.unfinished)/.test(name))) return true;
    throw new Problem(`DATA_DIR ${path} contains other files. Set DATA_DIR to a new or an empty directory.`);
  }
  const { data: written } = layoutSchema.safeParse(readJsonFile(layoutFile));
  if (written?.layout !== LAYOUT_VERSION) {
    throw new Problem(
      `DATA_DIR ${path} has layout ${written?.layout ?? 'unknown'}, and this version reads layout ${LAYOUT_VERSION}. ` +
        'Nothing was changed. Delete the directory, or set DATA_DIR to a new one.',
    );
  }
  return written.unused;
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    throw new Problem(`DATA_DIR ${path} is not a readable directory. Set DATA_DIR to another directory.`);
  }
}

/** Only this user can open the directory, so nobody else reaches a file in it. */
function create(path: string): void {
  try {
    createWithParents(path);
    chmodSync(path, 0o700);
  } catch (error) {
    throw new Problem(
      `DATA_DIR ${path} cannot be created for this user alone (${reasonOf(error)}). Set DATA_DIR to another directory.`,
    );
  }
}

/**
 * Replaces the recursive option of mkdirSync, which never returns below /proc: there it retries forever, because a directory
 * exists and its child is "not found".
 */
function createWithParents(path: string): void {
  if (existsSync(path)) return;
  createWithParents(dirname(path));
  mkdirSync(path);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function acquireLock(path: string): DatabaseSync {
  const lock = openLock(path);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new Problem(
      `Another npm start is using DATA_DIR ${path}. Stop it, or set another DATA_DIR and PORT for this one.`,
    );
  }
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(join(path, 'lock.sqlite'), { timeout: 0 });
  } catch (error) {
    throw new Problem(
      `DATA_DIR ${path} is not writable (${reasonOf(error)}). Set DATA_DIR to another directory.`,
    );
  }
}

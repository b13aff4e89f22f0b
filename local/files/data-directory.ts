import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { Problem } from '../problem.ts';
import { readJsonFile, replaceFile } from './atomic-file.ts';

/** Raise it when what an older version wrote can no longer be read. */
export const LAYOUT_VERSION = 1;

const layoutSchema = z.object({
  layout: z.number(),
  /** No stack has served from here yet: a start that failed is not to be taken for the first. */
  unused: z.boolean().default(false),
});

export interface DataDirectory {
  /** Absolute. For `:memory:` a temporary directory that `close` removes. */
  path: string;
  /** Nothing outlives the process. */
  inMemory: boolean;
  /** Nothing was kept here before this start. */
  wasEmpty: boolean;
  /** From now on something is kept here. */
  use(): void;
  /** Absolute path of an entry; its parent directory exists. */
  file(...names: string[]): string;
  close(): void;
}

/**
 * Opens the directory and keeps it locked for this process. The lock is one of the operating system's, so it goes
 * with the process however that ends.
 * @throws Problem if another process holds it, or if it was not written by this layout. Nothing is changed then.
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

/** @returns whether the directory holds nothing yet. */
function checkLayout(path: string): boolean {
  if (!existsSync(path)) return true;
  const layoutFile = join(path, 'layout.json');
  if (!existsSync(layoutFile)) {
    // A start that was killed within its first milliseconds leaves the lock alone.
    if (entries(path).every((name) => /^(lock\.sqlite|layout\.json\.unfinished)/.test(name))) return true;
    throw new Problem(
      `DATA_DIR ${path} holds files that are not this stack's. Set DATA_DIR to a new or an empty directory.`,
    );
  }
  const { data: written } = layoutSchema.safeParse(readJsonFile(layoutFile));
  if (written?.layout !== LAYOUT_VERSION) {
    throw new Problem(
      `DATA_DIR ${path} was written with layout ${written?.layout ?? 'unknown'}, and this version reads layout ${LAYOUT_VERSION}. ` +
        'Nothing was changed. Move the directory away, or set DATA_DIR to a new one.',
    );
  }
  return written.unused;
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    throw new Problem(`DATA_DIR ${path} is not a directory that can be read. Set DATA_DIR to another one.`);
  }
}

function create(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new Problem(
      `DATA_DIR ${path} cannot be created: ${String(error)}. Set DATA_DIR to another directory.`,
    );
  }
}

function acquireLock(path: string): DatabaseSync {
  const lock = openLock(path);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new Problem(
      `Another npm start is running on DATA_DIR ${path}. Stop it first, or set DATA_DIR (and PORT) for this one.`,
    );
  }
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(join(path, 'lock.sqlite'), { timeout: 0 });
  } catch (error) {
    throw new Problem(
      `DATA_DIR ${path} cannot be written: ${String(error)}. Set DATA_DIR to another directory.`,
    );
  }
}

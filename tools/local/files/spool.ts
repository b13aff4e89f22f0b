import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { readJsonFile, replaceFile } from './atomic-file.ts';

/** Documents in a folder, one file each. They outlive the process. */
export interface Spool<T> {
  put(id: string, document: T): void;
  remove(id: string): void;
  /** Ordered by id. */
  all(): T[];
}

const EXTENSION = '.json';

/** Files that do not match the schema are ignored and kept. */
export function openSpool<S extends z.ZodType>(folder: string, schema: S): Spool<z.output<S>> {
  mkdirSync(folder, { recursive: true });
  const file = (id: string) => join(folder, id + EXTENSION);
  return {
    put: (id, document) => replaceFile(file(id), JSON.stringify(document, null, 2)),
    remove: (id) => rmSync(file(id), { force: true }),
    all: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(EXTENSION))
        .sort()
        .flatMap((name) => {
          const { success, data } = schema.safeParse(readJsonFile(join(folder, name)));
          return success ? [data] : [];
        }),
  };
}

let count = 0;

/** An id that sorts after all earlier ids of this process. */
export function spoolId(now: Date): string {
  count += 1;
  return `${now.toISOString().replaceAll(':', '.')}-${String(count).padStart(6, '0')}`;
}

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { readJsonFile, replaceFile } from './atomic-file.ts';

/** Documents in a folder, one file each: what was accepted and is not done with outlives the process. */
export interface Spool<T> {
  put(id: string, document: T): void;
  remove(id: string): void;
  /** In the order of their ids. */
  all(): T[];
}

const ENDING = '.json';

/** A file that cannot be read as the schema says is passed over and left where it is. */
export function openSpool<S extends z.ZodType>(folder: string, schema: S): Spool<z.output<S>> {
  mkdirSync(folder, { recursive: true });
  const file = (id: string) => join(folder, id + ENDING);
  return {
    put: (id, document) => replaceFile(file(id), JSON.stringify(document, null, 2)),
    remove: (id) => rmSync(file(id), { force: true }),
    all: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .sort()
        .flatMap((name) => {
          const { success, data } = schema.safeParse(readJsonFile(join(folder, name)));
          return success ? [data] : [];
        }),
  };
}

let counted = 0;

/** An id that sorts after all that this process gave out before. */
export function spoolId(now: Date): string {
  counted += 1;
  return `${now.toISOString().replaceAll(':', '.')}-${String(counted).padStart(6, '0')}`;
}

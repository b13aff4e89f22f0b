import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the capabilities that have this file, in alphabetical order. */
export function capabilitiesWith(file: string): string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => existsSync(join(import.meta.dirname, name, file)))
    .sort();
}

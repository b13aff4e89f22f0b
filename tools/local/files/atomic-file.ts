import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

/** Replaces a file atomically: a process that is killed leaves the old or the new content. */
export function replaceFile(file: string, content: string): void {
  const temporary = `${file}.unfinished`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, file);
}

/** The asynchronous form. Only one call per file may run at a time, because calls share the temporary file. */
export async function replaceFileAsync(file: string, content: string): Promise<void> {
  const temporary = `${file}.unfinished`;
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, file);
}

/** @returns undefined if the file does not exist or is not JSON. */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

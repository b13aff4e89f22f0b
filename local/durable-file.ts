import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Whoever is killed while writing leaves the old content or the new one, never half of it. */
export function replaceFile(file: string, content: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, content, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** @returns undefined if the file is absent or holds no JSON. */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

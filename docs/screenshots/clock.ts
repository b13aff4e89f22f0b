import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's package libfaketime; another place by FAKETIME. */
const LIBRARY = process.env.FAKETIME ?? '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

export const hasClock = existsSync(LIBRARY);

/** The clock of another process, which can be put back and let run ahead. */
export interface Clock {
  /** What the process is to be started with. */
  readonly environment: Record<string, string>;
  /** @param time in ms since 1970, from which on it runs as clocks do */
  set(time: number): void;
}

export function makeClock(directory: string): Clock {
  const file = join(directory, 'clock');
  return {
    environment: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // Waits take as long as they take.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set(time) {
      writeFileSync(`${file}.new`, `${((time - Date.now()) / 1_000).toFixed(3)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}

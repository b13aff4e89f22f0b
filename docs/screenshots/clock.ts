import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The library of Debian's package libfaketime, or the one in FAKETIME. */
const LIBRARY = process.env.FAKETIME ?? '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

export const hasClock = existsSync(LIBRARY);

/** The clock of another process, which can be set to any time. */
export interface Clock {
  /** The environment variables to start the process with. */
  readonly environment: Record<string, string>;
  /** Sets the clock, which then runs as usual. @param time in ms since 1970 */
  set(time: number): void;
}

export function makeClock(directory: string): Clock {
  const file = join(directory, 'clock');
  return {
    environment: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // Waits take real time.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set(time) {
      writeFileSync(`${file}.new`, `${((time - Date.now()) / 1_000).toFixed(3)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}

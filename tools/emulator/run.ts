/** Deploys the app to an AWS emulator on this machine, and tries it from outside. README.md describes it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allEnded } from '../processes/run-process.ts';
import { findPython, NO_PYTHON } from '../python/environment.ts';
import { LACKING } from './lacking.ts';
import { Progress } from './progress.ts';
import { tryDeployment } from './try-deployment.ts';

const { values } = parseArgs({
  options: { break: { type: 'string' }, stay: { type: 'boolean' }, without: { type: 'string' } },
});

process.exitCode = await run(values);

/** @returns the exit code */
async function run({ break: broken, stay = false, without }: typeof values): Promise<number> {
  const python = await findPython();
  if (!python) {
    console.log(`Skipped: ${NO_PYTHON}`);
    return 0;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // Not once: npm passes on a Ctrl-C that the terminal has sent here too, and the second must not end the cleanup.
    process.on(name, () => stop.abort(new Error(`Stopped by ${name}.`)));
  }
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-emulator-'));
  const begun = performance.now();
  try {
    await tryDeployment({
      python,
      folder,
      lacking: LACKING.filter(({ name }) => name !== without),
      broken,
      stay,
      signal: stop.signal,
      progress: new Progress(stop.signal),
    });
    if (stay) return 0;
    console.log(`All of it was right, after ${Math.round((performance.now() - begun) / 1_000)} s.`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return stop.signal.aborted ? 130 : 1;
  } finally {
    await allEnded();
    rmSync(folder, { recursive: true, force: true });
  }
}

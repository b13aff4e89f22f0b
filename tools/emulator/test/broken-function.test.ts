/** The trial of a deployment fails if one function is broken: it starts the emulator, deploys the defaults and sends webhooks. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { ProcessFailed, runProcess } from '../../processes/run-process.ts';
import { findPython, NO_PYTHON } from '../../python/environment.ts';

const hasPython = (await findPython()) !== undefined;
const meta = { meta: { skippedBecause: `of this: ${NO_PYTHON}` }, timeout: 300_000 };

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('redraw-tracker-emulator-'));

test.skipIf(!hasPython)('a deployment with a broken function is not right', meta, async () => {
  const before = leftovers();
  const options = ['--import', './bin/node-version.js', 'tools/emulator/run.ts', '--break', 'recompute'];
  const trial = runProcess(process.execPath, options, {
    env: Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])),
    limit: 290_000,
  });
  const error = await trial.catch((failed: unknown) => failed);
  expect(error).toBeInstanceOf(ProcessFailed);
  expect(String(error)).toContain('failed with 1.');
  expect(String(error)).toContain('0 of 5 journeys of stage prod are right');
  expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
});

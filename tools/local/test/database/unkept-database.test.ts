/** The database of a run that keeps nothing: as fast as a kept one, and gone with its engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { startEngine } from '../../database/embedded-engine.ts';

const WITHIN = { timeout: 10_000 };

/** The database file of a running engine, from its command line. */
function fileOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return words[words.indexOf('--db-path') + 1] ?? '';
}

it('has the indexes of a kept one, and is removed when the engine stops', async () => {
  const engine = await startEngine({ dbPath: ':memory:' });
  const file = fileOf(engine.pid);
  const database = new DatabaseSync(file, { readOnly: true });
  const indexes = database
    .prepare("SELECT name FROM sqlite_master WHERE name LIKE 'stream_records_by_%'")
    .all();
  database.close();
  await engine.stop();
  expect(indexes).toHaveLength(2);
  await vi.waitFor(() => expect(existsSync(dirname(file))).toBe(false), WITHIN);
});

it('is removed when the process that started the engine is killed', async () => {
  const start = `import { startEngine } from ${JSON.stringify(new URL('../../database/embedded-engine.ts', import.meta.url).pathname)};
    console.log((await startEngine({ dbPath: ':memory:' })).pid);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
  const file = fileOf(Number(printed.toString()));
  expect(existsSync(file)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(existsSync(dirname(file))).toBe(false), WITHIN);
});

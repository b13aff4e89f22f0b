/** `npx redraw-tracker rebuild` as in docs/operations/rebuild.md: its output, its exit codes, and how it continues after it was killed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfKind, orderKey } from '../../core/store/table-layout.ts';
import { journeys } from '../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../tools/sandbox/webhooks/delivery-plan.ts';
import { type EngineTable, openEngineTable } from '../core/store/tables/engine-table.ts';
import {
  comparable,
  itemsOf,
  put,
  takeAll,
  transactionsOf,
  undisturbed,
} from '../core/use-cases/rebuild/lab.ts';

const bodies = planDeliveries(journeys(3, 6), { seed: 3 }).map(({ body }) => body);
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const cursor = join(place, 'cursor.json');
const COMMAND = join('bin', 'redraw-tracker.js');
let engine: EngineTable;

/** A table whose stream was never processed: every order, and no transaction. */
beforeAll(async () => {
  engine = await openEngineTable();
  await takeAll(engine.table, bodies);
});

afterAll(async () => {
  await engine.close();
  rmSync(place, { recursive: true, force: true });
});

function start(...options: string[]) {
  const child = spawn(process.execPath, [COMMAND, 'rebuild', '--table', engine.table.name, ...options], {
    cwd: join(import.meta.dirname, '..', '..'),
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; lines: Record<string, unknown>[]; err: string }>(
    (done) => {
      child.once('close', (code) => {
        const lines = out.split('\n').filter((line) => line !== '');
        done({ code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), err });
      });
    },
  );
  return { child, ended };
}

/** Slow enough to be stopped between two orders. */
async function stopped(signal: 'SIGKILL' | 'SIGINT') {
  const before = noted();
  const { child, ended } = start('--cursor', cursor, '--items-per-second', '4');
  while (noted() === before) await sleep(20);
  child.kill(signal);
  return ended;
}

const noted = () => (existsSync(cursor) ? readFileSync(cursor, 'utf8') : '');

test('a dry run prints every transaction on a line and writes nothing', async () => {
  const { code, lines } = await start('--dry-run', '--items-per-second', '5000').ended;
  const expected = await undisturbed(bodies);
  const missing = lines.filter(({ kind }) => kind === 'missing').map((line) => `TX#${line.transaction_id}`);
  expect(missing.sort()).toEqual([...expected.keys()].sort());
  expect(lines.at(-1)).toMatchObject({ dry_run: true, finished: true, missing: expected.size, failed: 0 });
  expect(code).toBe(0);
  expect(await transactionsOf(engine.table)).toEqual([]);
});

test('a killed or stopped rebuild continues where it was, repairs everything it can read, and reports the rest', async () => {
  await stopped('SIGKILL');
  expect(await stopped('SIGINT')).toMatchObject({ code: 130, err: expect.stringContaining(cursor) });
  // So many that some of them are still ahead, wherever it was stopped.
  for (let n = 10; n < 40; n += 1) {
    const key = orderKey(`0bde0000-0000-4000-8000-0000000dea${n}`);
    await put(engine.table, { ...key, version: 'none' });
  }
  const { code, lines } = await start('--cursor', cursor, '--items-per-second', '5000').ended;
  const orders = (await itemsOf(engine.table)).filter(({ sk }) => isOfKind('ORDER', sk)).length;
  expect(Number(lines.at(-1)?.orders)).toBeLessThan(orders);
  expect(lines.at(-1)).toMatchObject({ dry_run: false, finished: true });
  expect(Number(lines.at(-1)?.failed)).toBeGreaterThan(0);
  expect(code).toBe(1);
  expect(existsSync(cursor)).toBe(false);
  expect(comparable(await itemsOf(engine.table))).toEqual(await undisturbed(bodies));
});

test.each(['{"phase":"orders","segments":[]}', 'no JSON'])(
  'an invalid cursor is refused: %s',
  async (text) => {
    writeFileSync(cursor, text);
    const { code, lines, err } = await start('--cursor', cursor).ended;
    expect([code, lines]).toEqual([2, []]);
    expect(err).toBe(`${cursor} does not contain a rebuild cursor. Choose another file.\n`);
  },
);

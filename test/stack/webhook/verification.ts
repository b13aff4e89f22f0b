/** `npx redraw-tracker verify` against the running stack, as described in docs/deploy.md. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { orderId } from '../../../tools/verification/oracle/bodies.ts';
import { call } from '../http-call.ts';
import { client, FOREIGN, lastOrderNumber, newOrder, outcome, stack } from './scene.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

/** Runs a command on the stack. Returns its exit code and what it printed. */
async function redrawTracker(environment: Record<string, string>, ...args: string[]) {
  const run = promisify(execFile)(
    process.execPath,
    [join('bin', 'redraw-tracker.js'), ...args, '--url', stack.url],
    { cwd: REPOSITORY, env: { PATH: process.env.PATH ?? '', ...environment } },
  );
  return run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

export function verification(): void {
  describe('npx redraw-tracker verify', () => {
    test('reports what works, and explains a foreign secret and a sweep that has not run yet', async () => {
      const { code, stdout } = await redrawTracker({ WEBHOOK_SECRET: FOREIGN }, 'verify');
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^FAILED {2}webhook .* returned 401: .*\n +→ The secret that you provided differs/m,
      );
      expect(stdout).toMatch(/^SET UP {2}sweep .* the first sweep has not finished yet\.\n +→ Verify again/m);
      expect(stdout.match(/^FAILED/gm)).toHaveLength(1);
    });

    test('passes with the secret of the stack, and changes nothing', async () => {
      expect(await outcome(newOrder())).toBe('applied');
      const sweep = `${stack.url}/2015-03-31/functions/sweep/invocations`;
      await call(sweep, { method: 'POST', body: JSON.stringify({ time: new Date().toISOString() }) });
      const seen = async () => (await client.ask(`/v1/transactions/${orderId(lastOrderNumber())}`)).status;
      await expect.poll(seen, { timeout: 20_000 }).toBe(200);
      const before = (await client.ask('/v1/transactions')).text;
      const { code, stdout } = await redrawTracker({}, 'verify');
      expect(stdout).toMatch(/^ok {6}webhook .* verified and ignored\.$/m);
      expect(stdout).toMatch(/^ok {6}stream .* and their last batches succeeded\.$/m);
      expect(stdout).toMatch(/^ok {6}transactions .* transactions of 8 functions\.$/m);
      for (const name of ['bus', 'API', 'sweep']) expect(stdout).toMatch(new RegExp(`^ok {6}${name} `, 'm'));
      expect(stdout).toMatch(/^- {7}concurrency /m);
      expect(code).toBe(0);
      expect((await client.ask('/v1/transactions')).text).toBe(before);
    });

    test('prints its findings as JSON', async () => {
      const { stdout } = await redrawTracker({}, 'verify', '--json', '--skip', 'sweep');
      const findings = JSON.parse(stdout) as { name: string; state: string }[];
      expect(findings).toContainEqual(expect.objectContaining({ name: 'webhook', state: 'passed' }));
      expect(findings.map(({ name }) => name)).not.toContain('sweep');
    });
  });

  describe('npx redraw-tracker', () => {
    test('explains a transaction, by its id or that of an order', async () => {
      expect(await outcome(newOrder())).toBe('applied');
      const id = orderId(lastOrderNumber());
      const seen = async () => (await client.ask(`/v1/transactions/${id}`)).status;
      await expect.poll(seen, { timeout: 20_000 }).toBe(200);
      const { code, stdout } = await redrawTracker({}, 'explain', id);
      expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^The transaction is active/)]);
      const json = await redrawTracker({}, 'explain', id, '--json');
      expect(JSON.parse(json.stdout)).toMatchObject({ rule: { sentence: expect.any(String) } });
      expect(await redrawTracker({}, 'explain', 'nothing')).toMatchObject({ code: 2 });
    });

    test('rebuilds by the function of the stack', async () => {
      const { code, stdout } = await redrawTracker({}, 'rebuild', '--dry-run', '--items-per-second', '5000');
      const totals = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
      expect([code, totals]).toEqual([
        0,
        expect.objectContaining({ dry_run: true, finished: true, failed: 0 }),
      ]);
      expect(totals.orders).toBeGreaterThan(0);
    });
  });
}

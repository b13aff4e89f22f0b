/** `npm run verify` against the running stack, as described in docs/deploy.md. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { orderId } from '../../../tools/verification/oracle/bodies.ts';
import { call } from '../http-call.ts';
import { client, FOREIGN, lastOrderNumber, newOrder, outcome, stack } from './scene.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

/** Runs the command. Returns its exit code and what it printed. */
async function verify(environment: Record<string, string>, ...options: string[]) {
  const run = promisify(execFile)(
    process.execPath,
    [join('bin', 'verify.ts'), '--url', stack.url, ...options],
    { cwd: REPOSITORY, env: { PATH: process.env.PATH ?? '', ...environment } },
  );
  return run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

export function verification(): void {
  describe('npm run verify', () => {
    test('reports what works, and explains a foreign secret and a sweep that has not run yet', async () => {
      const { code, stdout } = await verify({ WEBHOOK_SECRET: FOREIGN });
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
      const { code, stdout } = await verify({});
      expect(stdout).toMatch(/^ok {6}webhook .* verified and ignored\.$/m);
      expect(stdout).toMatch(/^ok {6}stream .* and their last batches succeeded\.$/m);
      expect(stdout).toMatch(/^ok {6}transactions .* transactions of 6 functions\.$/m);
      for (const name of ['bus', 'API', 'sweep']) expect(stdout).toMatch(new RegExp(`^ok {6}${name} `, 'm'));
      expect(stdout).toMatch(/^- {7}concurrency /m);
      expect(code).toBe(0);
      expect((await client.ask('/v1/transactions')).text).toBe(before);
    });
  });
}

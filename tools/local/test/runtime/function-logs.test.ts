import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { DataDirectory } from '../../files/data-directory.ts';
import { functionLogs } from '../../runtime/function-logs.ts';

it('prints warnings and errors with their outcome and reason', async () => {
  const printed: string[] = [];
  const entries: unknown[] = [];
  const data = { inMemory: true } as DataDirectory;
  const logs = functionLogs(
    data,
    (line) => printed.push(line),
    (entry) => entries.push(entry),
  );
  const output = new PassThrough();
  logs.attach('webhook', output);
  const quarantined = {
    level: 'WARN',
    message: 'webhook',
    outcome: 'quarantined',
    reason: 'id: Invalid input',
  };
  for (const line of [
    { level: 'INFO', message: 'webhook', outcome: 'applied' },
    quarantined,
    { level: 'WARN', message: 'not sent', outcome: 'refused', reason: null },
    { level: 'ERROR', message: 'failed', outcome: 7 },
  ])
    output.write(`${JSON.stringify(line)}\n`);
  output.end('no JSON\n');
  await expect.poll(() => printed).toHaveLength(3);
  expect(printed).toEqual([
    'webhook WARN: webhook (quarantined: id: Invalid input)',
    'webhook WARN: not sent (refused)',
    'webhook ERROR: failed',
  ]);
  expect(entries).toContainEqual(quarantined);
});

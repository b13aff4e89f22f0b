import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientExport } from './client-export.ts';
import { writeClient } from './package-client.ts';
import { command, generated, root } from './paths.ts';
import { checkRetries } from './retry-check.ts';
import { runNode } from './run-node.ts';

/**
 * Compiles the code of docs/client.md against the packaged client, and runs it against a stack.
 *
 * @throws {assert.AssertionError} if it prints something else than it should
 */
export async function runDocumentedClient(url: string): Promise<void> {
  const app = join(generated, 'package');
  const installed = join(app, 'node_modules/redraw-tracker');
  await rm(app, { recursive: true, force: true });
  await mkdir(join(app, 'node_modules/@types'), { recursive: true });
  await writeClient(join(installed, 'client'));
  const manifest = { name: 'redraw-tracker', exports: { './client': clientExport } };
  await writeFile(join(installed, 'package.json'), JSON.stringify(manifest));
  await symlink(join(root, 'node_modules/@types/node'), join(app, 'node_modules/@types/node'));
  await checkRetries(join(installed, 'client/index.js'));
  const page = await readFile(join(root, 'docs/client.md'), 'utf8');
  const [, code = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
  await writeFile(join(app, 'client.mts'), code);
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  await runNode(command('typescript/bin/tsc'), [...options, join(app, 'client.mts')]);
  const { stdout } = await promisify(execFile)(process.execPath, [join(app, 'client.mts')], {
    env: { REDRAW_TRACKER_URL: url },
  });
  const [registered, refused, ...transactions] = stdout.trim().split('\n');
  assert.equal(registered, 'registered true');
  assert.equal(refused, 'undefined 404 There is no transaction with this ID.');
  assert.ok(transactions.length >= 2, stdout);
  for (const line of transactions) assert.match(line, /^[0-9a-f-]{36} in_progress undefined$/);
}

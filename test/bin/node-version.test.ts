import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };

const repository = join(import.meta.dirname, '..', '..');
const GUARD = './bin/node-version.js';

/** Runs the command on a Node that reports the given version and cannot load TypeScript. */
function runOn(version: string, file: string) {
  const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const options = ['--import', `data:text/javascript,${versions}`, '--no-strip-types', '--import', GUARD];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, file], {
    cwd: repository,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('reports another version of Node in one sentence, before any TypeScript is loaded', () => {
  for (const version of ['20.20.2', '26.0.0']) {
    const { status, stdout, stderr } = runOn(version, 'tools/local/start.ts');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The functions run on Node 24, .*but this is Node .*npm ci.*PATH\.\n$/);
    expect(stderr).toContain(`Node ${version}.`);
  }
});

it('runs first in every Node script and the CDK app', () => {
  const commands = [cdk.app, ...Object.values(manifest.scripts)];
  const onNode = commands.filter((command) => command.startsWith('node '));
  expect(onNode.length).toBeGreaterThan(5);
  expect(onNode.filter((command) => !command.startsWith(`node --import ${GUARD} `))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SANDBOX = join(import.meta.dirname, '../../sandbox');

test('the sandbox imports nothing of the product it is to judge', () => {
  const files = readdirSync(SANDBOX, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = readFileSync(join(SANDBOX, file), 'utf8');
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);
    const outside = imported.filter(
      (from) => from.startsWith('.') && join(file, '..', from).startsWith('..'),
    );
    expect(outside, file).toEqual([]);
  }
});

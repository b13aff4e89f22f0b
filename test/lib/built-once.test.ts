import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { digestOf } from '../../lib/built-once.ts';

const root = mkdtempSync(join(tmpdir(), 'built-once-'));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
}

beforeEach(() => {
  write({ 'one.txt': 'ab', 'two.txt': 'c' });
});
afterAll(() => rmSync(root, { recursive: true }));

it.each<[string, () => void]>([
  ['what a file says', () => write({ 'one.txt': 'ba' })],
  ['a file more', () => write({ 'three.txt': '' })],
  ['which file says it', () => write({ 'one.txt': 'a', 'two.txt': 'bc' })],
  ['a file’s name', () => renameSync(join(root, 'two.txt'), join(root, 'zwei.txt'))],
])('a state of sources has a name of its own: %s', (_, change) => {
  const before = digestOf(root, ['.']);
  expect(digestOf(root, ['.'])).toBe(before);
  change();
  expect(digestOf(root, ['.'])).not.toBe(before);
});

it('what else counts is in the name, what is not there is not', () => {
  expect(digestOf(root, ['one.txt'], 'settings')).not.toBe(digestOf(root, ['one.txt'], 'others'));
  expect(digestOf(root, ['one.txt', 'nowhere'])).toBe(digestOf(root, ['one.txt']));
});

import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { buildOnce, digestOf } from '../../../lib/bundling/build-once.ts';

const root = mkdtempSync(join(tmpdir(), 'built-once-'));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
}

beforeEach(() => {
  write({ 'one.txt': 'ab', 'two.txt': 'c' });
});
afterAll(() => rmSync(root, { recursive: true }));

it.each<[string, () => void]>([
  ['the content of a file', () => write({ 'one.txt': 'ba' })],
  ['a file more', () => write({ 'three.txt': '' })],
  ['which file has which content', () => write({ 'one.txt': 'a', 'two.txt': 'bc' })],
  ['a file’s name', () => renameSync(join(root, 'two.txt'), join(root, 'zwei.txt'))],
])('another state of the sources has another name: %s', (_, change) => {
  const before = digestOf(root, ['.']);
  expect(digestOf(root, ['.'])).toBe(before);
  change();
  expect(digestOf(root, ['.'])).not.toBe(before);
});

it('the extra text is part of the name, missing files are not', () => {
  expect(digestOf(root, ['one.txt'], 'settings')).not.toBe(digestOf(root, ['one.txt'], 'others'));
  expect(digestOf(root, ['one.txt', 'nowhere'])).toBe(digestOf(root, ['one.txt']));
});

it('the seven other builds that were used last are kept, and so is an unfinished one', async () => {
  const parent = join(root, 'built');
  const build = (name: string) => buildOnce(join(parent, name), async (folder) => void mkdirSync(folder));
  const names = Array.from({ length: 9 }, (_, index) => `state${index}`);
  mkdirSync(join(parent, 'state0.unfinished'), { recursive: true });
  for (const [index, name] of ['state0.unfinished', ...names].entries()) {
    if (!name.includes('.')) await build(name);
    const at = Date.now() / 1_000 - 3_600 + index;
    utimesSync(join(parent, name), at, at);
  }
  await build('state1');
  await build('new');
  const left = ['new', 'state0.unfinished', 'state1', ...names.slice(3)].sort();
  expect(readdirSync(parent).sort()).toEqual(left);
});

it('two builds at the same time produce one complete folder and nothing else', async () => {
  const parent = join(root, 'concurrent');
  const build = () =>
    buildOnce(join(parent, 'state'), async (folder) => {
      mkdirSync(folder);
      await new Promise((done) => setImmediate(done));
      writeFileSync(join(folder, 'file'), '');
    });
  expect(await Promise.all([build(), build()])).toEqual([join(parent, 'state'), join(parent, 'state')]);
  expect(readdirSync(parent)).toEqual(['state']);
  expect(readdirSync(join(parent, 'state'))).toEqual(['file']);
});

it('a build that was last used more than a day ago is removed', async () => {
  const parent = join(root, 'expired');
  const build = (name: string) => buildOnce(join(parent, name), async (folder) => void mkdirSync(folder));
  await build('old');
  const aDayAgo = Date.now() / 1_000 - 25 * 3_600;
  utimesSync(join(parent, 'old'), aDayAgo, aDayAgo);
  await build('new');
  expect(readdirSync(parent)).toEqual(['new']);
});

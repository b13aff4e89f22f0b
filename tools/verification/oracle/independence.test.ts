/** The oracle is only useful as long as it shares nothing with what it judges. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const oracle = import.meta.dirname;
const sources = readdirSync(oracle, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.test)\.ts$/.test(name),
);

test.each(sources)('%s imports nothing from outside this folder, not even a type', (name) => {
  const file = join(oracle, name);
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)[\s(]*(['"`])(.*?)\1/g)].map(
    ([, , at]) => at ?? '',
  );
  const isOutside = (at: string) =>
    !at.startsWith('.') || relative(oracle, join(dirname(file), at)).startsWith('..');
  // It reads the page that it follows.
  expect(named.filter(isOutside)).toEqual(name === join('reading', 'lifecycle.ts') ? ['node:fs'] : []);
});

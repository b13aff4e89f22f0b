/** The judge is worth something only as long as it has nothing from what it judges. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const oracle = import.meta.dirname;
const sources = readdirSync(oracle, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.test)\.ts$/.test(name),
);

test.each(sources)('%s knows no place outside of this folder, not even for a type', (name) => {
  const file = join(oracle, name);
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)[\s(]*(['"`])(.*?)\1/g)].map(
    ([, , at]) => at ?? '',
  );
  const isOutside = (at: string) =>
    !at.startsWith('.') || relative(oracle, join(dirname(file), at)).startsWith('..');
  expect(named.filter(isOutside)).toEqual([]);
});

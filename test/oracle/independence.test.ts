/** The judge is worth something only as long as it has nothing from what it judges. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name));

test.each(sources)('%s knows no place outside of this folder, not even for a type', (name) => {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)[\s(]*(['"`])(.*?)\1/g)].map(
    ([, , at]) => at,
  );
  expect(named.filter((at) => !/^\.\/[\w-]+\.ts$/.test(at ?? ''))).toEqual([]);
  expect(text).not.toMatch(/\.\.\//);
});

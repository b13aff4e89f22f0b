import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pictures } from '../../pictures/pictures.ts';
import { readResult } from '../../result.ts';

const folder = join(import.meta.dirname, '../../../../docs/performance');

test('the pictures in docs/performance show the result beside them', () => {
  const drawn = [...pictures(readResult(join(folder, 'result.json')))];
  const stale = drawn.flatMap(([name, text]) =>
    text === readFileSync(join(folder, name), 'utf8') ? [] : name,
  );
  expect(drawn).not.toEqual([]);
  expect(stale, 'npm run bench:pictures draws them again').toEqual([]);
});

import { expect, test } from 'vitest';
import { linesOf } from '../../../bench/comparison/code-size.ts';

test('lines of code are without comments and empty lines', () => {
  expect(linesOf('/** What\n * it is. */\n// more\nconst a = 1;\n\n  /* b */\nconst b = 2; // two\n')).toBe(
    2,
  );
});

import { expect, test } from 'vitest';
import { codeSize, linesOf } from '../../comparison/code-size.ts';

test('lines of code are without comments and empty lines', () => {
  expect(linesOf('/** What\n * it is. */\n// more\nconst a = 1;\n\n  /* b */\nconst b = 2; // two\n')).toBe(
    2,
  );
});

test('a peer has the lines of what its functions run, and no others', () => {
  expect(codeSize('bare-update')).toBe(5);
  // Both share the parser; only one of them has the client of the API.
  const [fetching, replacing] = [codeSize('fetch-on-webhook'), codeSize('last-write-wins')];
  expect(fetching - replacing).toBeGreaterThan(40);
});

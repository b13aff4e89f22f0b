import { expect, test } from 'vitest';
import { codeSize } from '../../comparison/code-size.ts';

test('a peer has the lines of what its functions run, and no others', () => {
  expect(codeSize('bare-update')).toBe(5);
  // Both share the parser; only one of them has the client of the API.
  const [fetching, replacing] = [codeSize('fetch-on-webhook'), codeSize('last-write-wins')];
  expect(fetching - replacing).toBeGreaterThan(40);
});

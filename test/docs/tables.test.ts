import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents } from '../../docs/tables/documents.ts';
import { withParts } from '../../docs/tables/marked-parts.ts';

test.each([...documents()])('%s has its tables as they are generated', (address, text) => {
  expect(readFileSync(address, 'utf8'), 'run npm run tables').toBe(text);
});

test('a mark without a part, and a part without a mark, are refused', () => {
  const document = ['page.md', 'a\n<!-- table:one -->old<!-- /table -->\nb'] as const;
  expect(withParts(document, 'table', { one: 'new' })).toBe('a\n<!-- table:one -->\nnew\n<!-- /table -->\nb');
  expect(() => withParts(document, 'table', {})).toThrow('page.md has a marker for the unknown part one.');
  expect(() => withParts(document, 'table', { one: '', two: '' })).toThrow('page.md has no marker for two.');
});

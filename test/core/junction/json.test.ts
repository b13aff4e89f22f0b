import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooDeep, parseJson } from '../../../core/junction/json.ts';
import { holdsFor } from '../../property.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('JSON is read up to 64 levels deep, whatever stands in its texts', () => {
  expect(parseJson(Buffer.from(nested(64)))).toBeInstanceOf(Array);
  expect(parseJson(Buffer.from(nested(65)))).toBeUndefined();
  expect(parseJson(Buffer.from(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`))).toBeUndefined();
  const text = `"\\\\\\"${'['.repeat(100)}\\\\"`;
  expect(parseJson(Buffer.from(`{"a":${text},"b":[1]}`))).toHaveProperty('b', [1]);
  expect(isTooDeep(`["\\\\",${nested(64)}]`)).toBe(true);
});

test('any shallow JSON is read', () => {
  holdsFor(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
    }),
  );
});

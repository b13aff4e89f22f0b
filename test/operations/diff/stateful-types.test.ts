/** Whatever the stack keeps when it is removed, `npx redraw-tracker diff` knows too. */
import { expect, it } from 'vitest';
import { STATEFUL_TYPES } from '../../../operations/diff/stateful-changes.ts';
import { synthesize } from '../../lib/synthesized-stack.ts';

it('knows every type that is retained', () => {
  const resources = Object.values(synthesize().template.toJSON().Resources) as Record<string, string>[];
  const retained = resources.filter(({ DeletionPolicy = '' }) => DeletionPolicy.startsWith('Retain'));
  const types = new Set(retained.map(({ Type = '' }) => Type));
  expect(types.size).toBeGreaterThan(5);
  expect([...types].filter((type) => !Object.hasOwn(STATEFUL_TYPES, type))).toEqual([]);
});

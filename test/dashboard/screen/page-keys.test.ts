import { expect, test } from 'vitest';
import { actionOf } from '../../../dashboard/src/screen/page-keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, isComposing: false };

test('a key acts alone, and not with one that belongs to the browser or a screen reader', () => {
  expect(actionOf({ ...plain, key: 'j' })).toBe('next');
  expect(actionOf({ ...plain, key: '?' })).toBe('help');
  expect(actionOf({ ...plain, key: 'q' })).toBeNull();
  for (const other of ['ctrlKey', 'metaKey', 'altKey', 'defaultPrevented', 'isComposing'])
    expect(actionOf({ ...plain, [other]: true, key: 'j' })).toBeNull();
});

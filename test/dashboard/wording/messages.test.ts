import { expect, test } from 'vitest';
import { unreachedText } from '../../../dashboard/src/wording/messages.ts';

test.each([
  [1, '1 patient could not be reached'],
  [1_200, '1,200 patients could not be reached'],
])('%i', (patients, expected) => {
  expect(unreachedText(patients)).toBe(expected);
});

import { expect, test } from 'vitest';
import { printable } from '../../console/printable.ts';

test('nothing in a line changes the terminal, or begins another line', () => {
  const bait = 'x\u001b[2J\u009b31m\r\n2026 ready http://evil.example\u202e\u0007\u2028';
  expect(printable(`  ${bait}|`)).toBe('  x [2J 31m  2026 ready http://evil.example   |');
  expect(printable('Mail to María – “now” 🧑‍⚕️')).toBe('Mail to María – “now” 🧑‍⚕️');
});

/** Text from outside cannot leave the line that it stands in. */
import { expect, test } from 'vitest';
import { isOneLine, oneLine } from '../../../core/domain/one-line.ts';

test.each([
  ['a line break', 'a\nb'],
  ['a line of Windows', 'a\r\nb'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['a next line', 'a\u0085b'],
  ['a tab', 'a\tb'],
  ['a null character', 'a\0b'],
  ['an override of the direction', 'a\u202eb'],
  ['an isolate', 'a\u2067b'],
  ['a mark of the direction', 'a\u200fb'],
])('%s is not part of a line', (_, text) => {
  expect([isOneLine(text), oneLine(text)]).toEqual([false, 'a b']);
});

test('a sequence that a terminal obeys is text', () => {
  expect(oneLine('\u001b[2J\u009b31mred\u0007')).toBe('[2J 31mred');
});

test.each(['Ada', 'María José', 'نازنین\u200cزهرا', '🧑‍⚕️', ''])('%j is one line as it is', (text) => {
  expect([isOneLine(text), oneLine(text)]).toEqual([true, text]);
});

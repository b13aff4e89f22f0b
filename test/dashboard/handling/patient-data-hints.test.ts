import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patientDataHints } from '../../../dashboard/src/components/patient-data-hints.ts';
import { holdsFor } from '../../property.ts';

const YEAR = 2026;
const kinds = (text: string) => patientDataHints(text, YEAR).map(({ what }) => what);

test.each([
  ['Called 415-555-0132, no answer', ['phone number']],
  ['(415) 555 0132 or +44 20 7946 0958', ['phone number', 'phone number']],
  ['ask jane.doe@example.com about 03/04/1985', ['email address', 'birth date']],
  ['born March 4th, 1985', ['birth date']],
  ['4 Mar 1985 and 1985-03-04', ['birth date', 'birth date']],
  ['dob 3/4/85', ['birth date']],
  ['dob 3/4/25 or 3/4/28', ['birth date', 'birth date']],
  ['Will go on 12/01/26, or on 1/4/27', []],
  ['Will go on 2026-12-01 at 14:30, room 1204', []],
  ['Order 6424dd45-6a4e-4f2c-8d0b-4f2d1d2f9a01, 3 tubes', []],
  ['2 of 10 markers @ Quest, ICD E11.9', []],
])('%s', (text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

const words = fc.array(fc.constantFrom('the', 'lab', 'called', 'again', 'on Friday.'), { maxLength: 4 });
const inText = (part: string, before: readonly string[], after: readonly string[]) =>
  [...before, part, ...after].join(' ');

test('a number, an address or a date of birth is found anywhere in a text, as it was typed', async () => {
  const digits = fc.tuple(
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 1000, max: 9999 }),
  );
  const phone = fc
    .tuple(digits, fc.constantFrom('-', ' ', '.', ''))
    .map(([parts, between]) => ['phone number', parts.join(between)] as const);
  const email = fc.emailAddress().map((one) => ['email address', one] as const);
  const born = fc
    .date({ min: new Date('1910-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
    .map((date) => ['birth date', date.toISOString().slice(0, 10)] as const);
  await holdsFor(
    fc.asyncProperty(fc.oneof(phone, born, email), words, words, async ([what, part], before, after) => {
      const found = patientDataHints(inText(part, before, after), YEAR);
      expect(found.some((hint) => hint.what === what && part.includes(hint.found))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('ids are none of them', async () => {
  const ids = fc.array(fc.uuid(), { maxLength: 5 }).map((some) => some.join(' '));
  await holdsFor(
    fc.asyncProperty(ids, async (text) => {
      expect(patientDataHints(text, YEAR)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

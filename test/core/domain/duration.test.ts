import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../../core/domain/duration.ts';
import { holdsFor } from '../../property.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

test.each([
  ['PT1S', SECOND],
  ['PT1M', 60 * SECOND],
  ['PT1H', HOUR],
  ['P1D', DAY],
  ['P1W', 7 * DAY],
  ['P2W3DT4H5M6.789S', 17 * DAY + 4 * HOUR + 5 * 60 * SECOND + 6_789],
  ['PT1.001S', 1_001],
  ['PT0.5S', 500],
  ['P12D', 12 * DAY],
  ['P10W', 70 * DAY],
  ['PT36H', 36 * HOUR],
  ['PT90M', 90 * 60 * SECOND],
  ['PT90S', 90 * SECOND],
  ['P3650D', 3_650 * DAY],
  ['PT0.001S', 1],
  ['PT4.35S', 4_350],
  ['P1W2DT3H4M5.6S', 9 * DAY + 3 * HOUR + 4 * 60 * SECOND + 5_600],
])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  '',
  'P',
  'PT',
  'P1',
  '1D',
  'T',
  'PT1',
  'PTS',
  'P1DT',
  'PT1D',
  'P1H',
  'P1Y',
  'P1M',
  'P1D1W',
  'PT1S1M',
  'p1d',
  'xP1D',
  'P1DxT1H',
  ' P1D',
  'P1D ',
  'P1D\n',
  'P-1D',
  '-P1D',
  '+P1D',
  'P٣D',
  'PT1e3S',
  '9',
  'P1.5D',
  'PT1,5S',
  'PT.5S',
  'PT1.S',
  'PT1.0001S',
  'PT1.2345S',
  'P0D',
  'PT0S',
  'PT0.000S',
  'P3650DT0.001S',
  'P3651D',
  `P${'9'.repeat(400)}D`,
])('%j is not a duration', (text) => {
  expect(parseDuration(text)).toBeNull();
});

const units = { W: 7 * DAY, D: DAY, H: HOUR, M: 60 * SECOND, S: SECOND } as const;
const count = fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined });

test('a duration is the sum of its parts, in any combination', () => {
  holdsFor(
    fc.property(
      fc.record({ W: count, D: count, H: count, M: count, S: count }),
      fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
      ({ W, D, H, M, S }, thousandths) => {
        const part = (value: number | undefined, letter: string) =>
          value === undefined ? '' : `${value}${letter}`;
        const fraction = thousandths === undefined ? '' : `.${String(thousandths).padStart(3, '0')}`;
        const seconds = S === undefined ? '' : `${S}${fraction}S`;
        const time = part(H, 'H') + part(M, 'M') + seconds;
        const text = `P${part(W, 'W')}${part(D, 'D')}${time && `T${time}`}`;
        const given = Object.entries({ W, D, H, M, S }) as [keyof typeof units, number | undefined][];
        const whole = given.reduce((sum, [unit, value = 0]) => sum + value * units[unit], 0);
        const expected = whole + (seconds ? (thousandths ?? 0) : 0);
        expect(parseDuration(text)).toBe(expected > 0 ? expected : null);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('any other text is not a duration', () => {
  holdsFor(
    fc.property(fc.string({ unit: fc.constantFrom(...'PTWDHMSY0123456789.,+- ') }), (text) => {
      const read = parseDuration(text);
      if (read === null) return;
      expect(text).toMatch(/^P[\dWDTHMS.]+$/);
      expect(Number.isInteger(read) && read > 0 && read <= 3_650 * DAY).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

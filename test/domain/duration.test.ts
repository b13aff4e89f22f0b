import { expect, test } from 'vitest';
import { parseDuration } from '../../functions/domain/duration.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

test.each([
  ['PT1S', SECOND],
  ['PT1M', 60 * SECOND],
  ['PT1H', 3_600 * SECOND],
  ['P1D', DAY],
  ['P1W', 7 * DAY],
  ['P2W3DT4H5M6.789S', 17 * DAY + 4 * 3_600 * SECOND + 5 * 60 * SECOND + 6_789],
  ['PT1.001S', 1_001],
  ['PT0.5S', 500],
  ['P12D', 12 * DAY],
  ['P10W', 70 * DAY],
  ['PT36H', 36 * 3_600 * SECOND],
  ['PT90M', 90 * 60 * SECOND],
  ['PT90S', 90 * SECOND],
  ['P3650D', 3_650 * DAY],
])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  ...[
    '',
    'P',
    'PT',
    'P1',
    '1D',
    'P1DT',
    'PT1D',
    'P1H',
    'P1Y',
    'P1M',
    'P-1D',
    'P1.5D',
    'PT1.S',
    'PT1.2345S',
    'PTS',
  ],
  ...[
    'P0D',
    'PT0S',
    'PT0.000S',
    'P3650DT0.001S',
    'P3651D',
    ' P1D',
    'P1D ',
    'xP1D',
    'P1DxT1H',
    'p1d',
    'P1D1W',
  ],
])('%j is none', (text) => {
  expect(parseDuration(text)).toBeNull();
});

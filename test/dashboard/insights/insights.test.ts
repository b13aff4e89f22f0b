/** The words, periods and rows of the insights. */
import { expect, test } from 'vitest';
import {
  beforeText,
  p90Aside,
  p90Text,
  shareText,
  trendText,
} from '../../../dashboard/src/insights/figure-text.ts';
import { insightRows } from '../../../dashboard/src/insights/insights-csv.ts';
import { listOf } from '../../../dashboard/src/insights/list-of-group.ts';
import { nextPeriod, periodIn, periodOf, periodText } from '../../../dashboard/src/insights/period.ts';
import { filterIn } from '../../../dashboard/src/transaction-list/list-filter.tsx';
import { readView } from '../../../dashboard/src/worklist/address.ts';
import { examples } from '../../../docs/openapi/examples/examples.ts';

const share = (count: number, of: number) => ({ count, of, rate: of === 0 ? null : count / of });

test('a rate is shown with its counts, and small counts have no rate', () => {
  expect([share(12, 230), share(3, 19), share(0, 0), share(0, 1_000)].map(shareText)).toEqual([
    '5.2% (12 of 230)',
    '3 of 19',
    '–',
    '0% (0 of 1,000)',
  ]);
});

test('a trend is the difference of two rates, of many', () => {
  expect(trendText(share(12, 100), share(9, 100))).toBe('+3 points');
  expect(trendText(share(9, 100), share(12, 100))).toBe('−3 points');
  expect(trendText(share(9, 100), share(9, 100))).toBe('unchanged');
  expect(trendText(share(9, 100), share(1, 19))).toBeNull();
  expect(trendText(share(0, 0), share(9, 100))).toBeNull();
});

test('few have no 90th percentile', () => {
  expect(p90Text({ count: 9, median: 1, p90: 2 })).toBe('–');
  expect(p90Text({ count: 10, median: 1, p90: 1 })).toBe('1 day');
  expect(p90Text({ count: 10, median: 0, p90: 0 })).toBe('under 3 hours');
});

test('what was not measured is said in words', () => {
  expect(beforeText(shareText(share(0, 0)))).toBe('no data before');
  expect(beforeText(shareText(share(3, 19)))).toBe('before 3 of 19');
  expect(p90Aside({ count: 9, median: 1, p90: 2 })).toBe('median');
  expect(p90Aside({ count: 10, median: 1, p90: 2 })).toBe('median; 90th percentile 2 days');
});

test('the address names the period, and anything else means the last six months', () => {
  const now = new Date('2026-02-28T23:00:00Z');
  const read = (query: string) => periodIn(new URLSearchParams(query), now);
  expect(read('from=2025-01&to=2025-03')).toEqual({ from: '2025-01', to: '2025-03' });
  for (const query of [
    '',
    'from=2026-01',
    'from=2026-02&to=2026-01',
    'from=2020-01&to=2026-01',
    'from=x&to=y',
  ]) {
    expect(read(query)).toEqual({ from: '2025-09', to: '2026-02' });
  }
  expect(nextPeriod(periodOf(3, '2026-02'), -1)).toEqual({ from: '2025-09', to: '2025-11' });
  expect(nextPeriod(periodOf(12, '2025-12'), 1)).toEqual({ from: '2026-01', to: '2026-12' });
  expect([periodOf(1, '2026-02'), periodOf(2, '2026-02'), periodOf(3, '2026-02')].map(periodText)).toEqual([
    'Feb 2026',
    'Jan – Feb 2026',
    'Dec 2025 – Feb 2026',
  ]);
});

test('the export has the numbers behind every rate', () => {
  const { groups, ...rest } = examples.insights;
  const redrawDays = { ...groups[0]?.redraw_days, awaiting_order: { count: 1, median: 1.3, p90: 1.5 } };
  const closed = { ...rest, groups: [{ ...groups[0], redraw_days: redrawDays }] };
  const [row] = insightRows(closed as Parameters<typeof insightRows>[0]);
  expect(row).toMatchObject({
    from: '2026-03',
    by: 'test',
    name: 'Lipids',
    transactions: 1,
    open: 1,
    redraws: 1,
    not_cancelled: 1,
    redraw_days_awaiting_order_median: 1.3,
    redraws_former: 0,
  });
});

test('a lab, a test and a marker lead to the list with their redraws, and what no list can be filtered by does not', () => {
  const query = (href: string | null) => new URL(href ?? '', 'https://page.example').searchParams;
  for (const [by, name] of [
    ['lab', 'labcorp'],
    ['test', 'Lipids & more'],
  ] as const) {
    const found = query(listOf(by, name));
    expect(filterIn(found)).toMatchObject({ [by]: name, redraw: 'available' });
  }
  expect(readView(query(listOf('marker', 'Hemoglobin A1c'))).query.tokens).toEqual([
    { propertyKey: 'markers', operator: ':', value: 'Hemoglobin A1c' },
  ]);
  expect(listOf('marker', 'other markers')).toBeNull();
  expect([listOf('lab', null), listOf('month', '2026-11'), listOf('failure_type', 'unknown')]).toEqual([
    null,
    null,
    null,
  ]);
});

/** The data of the charts on the Health page. */
import { expect, test } from 'vitest';
import type { SummaryHistory } from '../../../dashboard/src/api/answers.ts';
import {
  barStarts,
  redrawSeries,
  webhookSeries,
  webhookTotals,
} from '../../../dashboard/src/health/history-series.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-01T00:00:00Z');

function history(periods: number, fields: Partial<SummaryHistory> = {}): SummaryHistory {
  const times = Array.from({ length: periods }, (_, index) =>
    new Date(START + index * HOUR_MS).toISOString(),
  );
  const none = times.map(() => null);
  return {
    from: times[0] ?? '',
    to: new Date(START + periods * HOUR_MS).toISOString(),
    period_seconds: 3_600,
    times,
    webhooks: [],
    redraws: { open: none, stale: none },
    projection_lag_seconds: none,
    ...fields,
  };
}

test('an outcome that never occurred is left out, and a period without any counts as zero', () => {
  const counted = history(2, {
    webhooks: [
      { outcome: 'applied', counts: [3, null] },
      { outcome: 'refused', counts: [null, null] },
    ],
  });
  expect(webhookSeries(counted).map(({ title, data }) => [title, data.map(({ y }) => y)])).toEqual([
    ['Applied', [3, 0]],
  ]);
});

test('a bar covers several periods if there are too many to show, and none is lost', () => {
  const periods = 168;
  const counts = Array.from({ length: periods }, (_, index) => index);
  const long = history(periods, { webhooks: [{ outcome: 'applied', counts }] });
  const starts = barStarts(long.times);
  const [applied] = webhookSeries(long);
  expect(starts.length).toBeLessThanOrEqual(30);
  expect(applied?.data.map(({ x }) => x)).toEqual(starts);
  expect(applied?.data.reduce((sum, { y }) => sum + y, 0)).toBe((periods * (periods - 1)) / 2);
});

test('webhooks that were not processed are counted separately', () => {
  const counted = history(1, {
    webhooks: [
      { outcome: 'applied', counts: [5] },
      { outcome: 'ignored', counts: [1] },
      { outcome: 'quarantined', counts: [2] },
      { outcome: 'refused', counts: [1] },
      { outcome: 'failed', counts: [1] },
    ],
  });
  expect(webhookTotals(counted)).toEqual({ all: 10, bad: 4 });
});

test('a period without a measurement is a gap, not a zero', () => {
  const measured = history(3, { redraws: { open: [4, null, 6], stale: [1, null, 0] } });
  expect(redrawSeries(measured).map(({ data }) => data)).toEqual([
    [
      { x: new Date(START), y: 4 },
      { x: new Date(START + 2 * HOUR_MS), y: 6 },
    ],
    [
      { x: new Date(START), y: 1 },
      { x: new Date(START + 2 * HOUR_MS), y: 0 },
    ],
  ]);
});

test('a single measurement makes no line', () => {
  const once = history(3, { redraws: { open: [null, null, 9], stale: [null, null, 6] } });
  expect(redrawSeries(once)).toEqual([]);
});

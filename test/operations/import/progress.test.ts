/** What the import prints. */
import { expect, test } from 'vitest';
import { beginningOf } from '../../../core/store/poll-marks/import-mark.ts';
import { progressLine, sentenceOf } from '../../../operations/import/progress.ts';
import type { Reached } from '../../../operations/import/reached.ts';

const [from, to] = ['2024-01-01T00:00:00.000000Z', '2026-11-25T09:00:00.000000Z'];

const reached = (phase: 'orders' | 'compare', counts: Partial<Reached['position']>): Reached => ({
  ...{ finished: false, from, to, retry_after: null, differing: [] },
  position: { ...beginningOf(phase, from, counts), total: counts.total ?? null },
});

test('how long it will take follows from what it did', () => {
  const first = reached('orders', { listed: 100, total: 20_000 });
  expect(progressLine(first, first, 5)).toBe('read 100 of 20000 orders');
  // 200 orders in 10 s; comparing all is the work of 4,000.
  const next = reached('orders', { listed: 300, total: 20_000 });
  expect(progressLine(next, first, 10)).toBe('read 300 of 20000 orders, about 20 min left');
  const late = reached('compare', { listed: 20_000, compared: 19_500, total: 20_000 });
  expect(progressLine(late, first, 1_190)).toBe('compared 19500 of 20000 orders, about 5 s left');
  expect(progressLine(reached('orders', { listed: 300 }), first, 10)).toBe('read 300 orders');
});

test('the end says what was done, and what differs', () => {
  const end = reached('compare', { listed: 20_000, joined: 19_990, compared: 20_000, differ: 2 });
  expect(sentenceOf(end, false)).toBe(
    'Read 20000 orders created from 2024-01-01 to 2026-11-25: 19990 imported. 2 of 20000 differ from Junction.',
  );
  expect(sentenceOf(reached('compare', { compared: 20_000, differ: 19_000 }), true)).toBe(
    'Junction lists 20000 orders created from 2024-01-01 to 2026-11-25; 19000 of them would be imported.',
  );
  expect(sentenceOf(reached('compare', { skipped: 1 }), false)).toContain(', 1 could not be read or stored.');
});

import { describe, expect, test } from 'vitest';
import { event, march, orderId, walkIn } from '../bodies.ts';
import { codes, held } from './one-transaction.ts';

describe('anomalies of an order', () => {
  const lived = (...lows: string[]) =>
    held(
      walkIn(
        1,
        lows.map((low, index) => event(index, low, march(index + 1))),
      ),
    ).anomalies;

  test.each([
    [
      'reinstated_after_cancelled',
      'cancelled',
      'ordered completed sample_error redraw_available',
      'do_not_process',
    ],
    ['reopened_after_completed', 'completed', 'partial_results redraw_available lost', 'corrected cancelled'],
    ['moved_after_redraw_available', 'redraw_available', 'ordered cancelled lost', 'completed corrected'],
    ['recovered_after_failure', 'lost', 'ordered completed redraw_available', 'cancelled sample_error'],
  ])('%s', (code, from, anomalous, usual) => {
    for (const to of anomalous.split(' ')) {
      expect(lived('ordered', from, to)).toEqual([{ code, order_id: orderId(1), first_seen_at: march(3) }]);
    }
    for (const to of usual.split(' ')) expect(lived('ordered', from, to)).toEqual([]);
  });

  test('only the earliest of each kind counts', () => {
    expect(lived('cancelled', 'ordered', 'cancelled', 'ordered')).toMatchObject([
      { first_seen_at: march(2) },
    ]);
  });

  test('an event in between that explains it removes the anomaly', () => {
    const gap = walkIn(1, [event(1, 'sample_error', march(1)), event(3, 'completed', march(3))]);
    const between = walkIn(1, [event(2, 'cancelled', march(2))]);
    expect(codes(held(gap))).toEqual(['recovered_after_failure 1']);
    expect(codes(held(gap, between))).toEqual(['reinstated_after_cancelled 1']);
  });

  test('unknown_status lasts while it is the status', () => {
    expect(lived('ordered', 'teleported')).toEqual([
      { code: 'unknown_status', order_id: orderId(1), first_seen_at: march(2) },
    ]);
    expect(lived('teleported', 'ordered')).toEqual([]);
  });
});

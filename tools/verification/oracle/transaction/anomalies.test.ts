import { describe, expect, test } from 'vitest';
import { event, march, orderId, walkIn } from '../bodies.ts';
import type { Json } from '../reading/spelling.ts';
import { codes, held, order } from './one-transaction.ts';

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

  test('events_out_of_order at the first event after a later one, in the list of the newest payload', () => {
    const list = (...days: number[]) =>
      walkIn(
        1,
        days.map((day) => event(day, 'ordered', march(day))),
      );
    expect(held(list(1, 4, 2, 3)).anomalies).toEqual([
      { code: 'events_out_of_order', order_id: orderId(1), first_seen_at: march(2) },
    ]);
    expect(held(list(1, 1, 2)).anomalies).toEqual([]);
    expect(held(list(1, 4, 2, 3), list(1, 2, 3, 4, 5)).anomalies).toEqual([]);
  });

  test('unexpected_redraw', () => {
    const lab = (slug: string) => ({ lab_test: { id: null, name: null, slug: null, lab: { slug } } });
    const unexpected = (n: number, at: string) => [
      { code: 'unexpected_redraw', order_id: orderId(n), first_seen_at: at },
    ];
    const expected = (fields: Json) => held(order(1, 'redraw_available', march(6), fields)).anomalies;
    for (const slug of ['quest', 'labcorp', 'bioreference']) expect(expected(lab(slug))).toEqual([]);
    expect(expected({ lab_test: null, details: null })).toEqual([]);
    expect(expected(lab('sonora_quest'))).toEqual(unexpected(1, march(6)));
    expect(expected({ details: { type: 'testkit' } })).toEqual(unexpected(1, march(6)));
    expect(held(order(1, 'completed', march(6), lab('spiriplex'))).anomalies).toEqual([]);
    const initial = order(1, 'redraw_available', march(6), lab('spiriplex'));
    expect(held(initial, order(2, 'ordered', march(7), { origin: 'redraw' })).anomalies).toEqual(
      unexpected(2, march(2)),
    );
  });

  test('unknown_status lasts while it is the status', () => {
    expect(lived('ordered', 'teleported')).toEqual([
      { code: 'unknown_status', order_id: orderId(1), first_seen_at: march(2) },
    ]);
    expect(lived('teleported', 'ordered')).toEqual([]);
  });
});

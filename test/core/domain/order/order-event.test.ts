import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byFoldOrder,
  distinctEvents,
  newestEvent,
  type OrderEvent,
} from '../../../../core/domain/order/order-event.ts';
import { holdsFor } from '../../../property.ts';
import { anyEvent } from '../arbitrary-orders.ts';
import { at, event } from '../order-records.ts';

const EVENTS = fc.uniqueArray(anyEvent, { maxLength: 6, selector: (one) => JSON.stringify(one) });
const shuffled = EVENTS.chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
  ),
);

function newestOf(...events: OrderEvent[]) {
  const forwards = newestEvent(events);
  expect(newestEvent(events.toReversed())).toEqual(forwards);
  return forwards;
}

describe('the newest event', () => {
  test('is the one of greatest time, whatever its id or place', () => {
    const late = event(9, 'a.b.late', 0, '1');
    expect(newestOf(event(1, 'a.b.early', 7, '99'), late)).toBe(late);
  });

  test('of the same second is the one listed later', () => {
    const later = event(1, 'completed.walk_in_test.completed', 5, '3');
    expect(newestOf(event(1, 'sample_with_lab.walk_in_test.partial_results', 4, '33'), later)).toBe(later);
  });

  test('of the same second and place is the one of greater id, as a number', () => {
    const later = event(1, 'a.b.x', 0, '10');
    expect(newestOf(event(1, 'a.b.y', 0, '9'), later)).toBe(later);
  });

  test('compares ids too long for a number exactly', () => {
    const later = event(1, 'a.b.x', 0, '90071992547409931');
    expect(newestOf(event(1, 'a.b.y', 0, '90071992547409930'), later)).toBe(later);
  });

  test('puts a missing id first, then numbers, then any other text', () => {
    const ids = ['a', '10', '', '2', '1a'];
    const sorted = ids.map((id) => event(1, 'a.b.c', 0, id)).sort(byFoldOrder);
    expect(sorted.map(({ id }) => id)).toEqual(['', '2', '10', '1a', 'a']);
  });

  test('of the same time, place and id is the one of greater status text', () => {
    const later = event(1, 'b.b.b', 0, '1');
    expect(newestOf(event(1, 'a.a.a', 0, '1'), later)).toBe(later);
  });

  test('is null of none', () => {
    expect(newestEvent([])).toBeNull();
  });

  test('does not depend on the order in which the set is read', () => {
    holdsFor(
      fc.property(shuffled, ([events, again]) => {
        expect(newestEvent(again)).toEqual(newestEvent(events));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the events as a reader sees them', () => {
  test('show one event once, at its greatest place', () => {
    const twice = [event(1, 'a.b.c', 0), event(2, 'a.b.d', 1), event(1, 'a.b.c', 2), event(1, 'a.b.c', 1)];
    expect(distinctEvents(twice)).toEqual([event(1, 'a.b.c', 2), event(2, 'a.b.d', 1)]);
  });

  test('keep two partial results of one second apart by their ids', () => {
    const partial = 'sample_with_lab.walk_in_test.partial_results';
    expect(distinctEvents([event(1, partial, 1, '7'), event(1, partial, 0, '6')])).toHaveLength(2);
  });

  test('do not confuse fields that run together', () => {
    const one = { created_at: at(1), position: 0, id: '1","x', status: 'a' };
    const other = { created_at: at(1), position: 0, id: '1', status: 'x","a' };
    expect(distinctEvents([one, other])).toHaveLength(2);
  });

  test('stand in the same order however the set is read, the newest last', () => {
    holdsFor(
      fc.property(shuffled, ([events, again]) => {
        const seen = distinctEvents(events);
        expect(distinctEvents(again)).toEqual(seen);
        expect(seen.at(-1) ?? null).toEqual(newestEvent(events));
        expect(seen).toEqual(seen.toSorted(byFoldOrder));
      }),
      { numRuns: 500 },
    );
  });
});

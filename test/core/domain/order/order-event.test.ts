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
  test('has the latest time, whatever its id or position', () => {
    const late = event(9, 'a.b.late', 0, '1');
    expect(newestOf(event(1, 'a.b.early', 7, '99'), late)).toBe(late);
  });

  test('has the later position if the times are equal', () => {
    const later = event(1, 'completed.walk_in_test.completed', 5, '3');
    expect(newestOf(event(1, 'sample_with_lab.walk_in_test.partial_results', 4, '33'), later)).toBe(later);
  });

  test('has the greater id, as a number, if times and positions are equal', () => {
    const later = event(1, 'a.b.x', 0, '10');
    expect(newestOf(event(1, 'a.b.y', 0, '9'), later)).toBe(later);
  });

  test('is found by exact comparison of ids that are too long for a number', () => {
    const later = event(1, 'a.b.x', 0, '90071992547409931');
    expect(newestOf(event(1, 'a.b.y', 0, '90071992547409930'), later)).toBe(later);
  });

  test('sorts a missing id first, then numbers, then other text', () => {
    const ids = ['a', '10', '', '2', '1a'];
    const sorted = ids.map((id) => event(1, 'a.b.c', 0, id)).sort(byFoldOrder);
    expect(sorted.map(({ id }) => id)).toEqual(['', '2', '10', '1a', 'a']);
  });

  test('has the greater status text if all else is equal', () => {
    const later = event(1, 'b.b.b', 0, '1');
    expect(newestOf(event(1, 'a.a.a', 0, '1'), later)).toBe(later);
  });

  test('is null if there are none', () => {
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

describe('the distinct events', () => {
  test('contain an event once, at its greatest position', () => {
    const twice = [event(1, 'a.b.c', 0), event(2, 'a.b.d', 1), event(1, 'a.b.c', 2), event(1, 'a.b.c', 1)];
    expect(distinctEvents(twice)).toEqual([event(1, 'a.b.c', 2), event(2, 'a.b.d', 1)]);
  });

  test('contain two partial results in one second if their ids differ', () => {
    const partial = 'sample_with_lab.walk_in_test.partial_results';
    expect(distinctEvents([event(1, partial, 1, '7'), event(1, partial, 0, '6')])).toHaveLength(2);
  });

  test('do not mix up fields that read the same when joined', () => {
    const one = { created_at: at(1), position: 0, id: '1","x', status: 'a' };
    const other = { created_at: at(1), position: 0, id: '1', status: 'x","a' };
    expect(distinctEvents([one, other])).toHaveLength(2);
  });

  test('are in the same order however the set is read, the newest last', () => {
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

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byFoldOrder, distinctEvents, newestEvent } from '../../../../core/domain/order/order-event.ts';
import type { OrderFacts, OrderSnapshot } from '../../../../core/domain/order/order-record.ts';
import { rankOf, takesBack } from '../../../../core/domain/order/rank.ts';
import { holdsFor } from '../../../property.ts';
import { anyFacts } from '../arbitrary-orders.ts';
import { at, event, orderId, snapshot } from '../order-records.ts';

type Facts = Omit<OrderFacts, 'rank'>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const rank = (facts: Facts) => rankOf(facts, sha256, '9999');

/** The part of a snapshot that its rank stands for. If it is equal, the snapshots are equal and equally new. */
function meaning({ snapshot, events, transactionId, clientUser }: Facts) {
  return [
    snapshot,
    transactionId,
    clientUser,
    events.toSorted(byFoldOrder).map(({ position: _, ...event }) => event),
  ];
}

function withKeysReversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withKeysReversed) as T;
  if (value === null || typeof value !== 'object') return value;
  const reversed = Object.entries(value).reverse();
  return Object.fromEntries(reversed.map(([key, inner]) => [key, withKeysReversed(inner)])) as T;
}

function facts(events: Facts['events'], fields: Partial<OrderSnapshot> = {}): Facts {
  const none = { futureEvents: [], siblings: [], listings: [], transactionId: null, clientUser: null };
  return { id: orderId(1), receivedAt: at(0), events, snapshot: snapshot(fields), ...none };
}

describe('the rank of a snapshot', () => {
  test('depends first on the newest event', () => {
    holdsFor(
      fc.property(anyFacts, anyFacts, (a, b) => {
        const [left, right] = [
          newestEvent(a.events)?.created_at ?? '',
          newestEvent(b.events)?.created_at ?? '',
        ];
        if (left === right) return;
        expect(rank(a) < rank(b)).toBe(left < right);
      }),
      { numRuns: 300 },
    );
  });

  test('then on the number of distinct events', () => {
    const few = facts([event(5, 'a.b.c')], { updated_at: at(9) });
    const many = facts([
      event(5, 'a.b.c'),
      ...Array.from({ length: 10 }, (_, n) => event(n % 5, `a.b.d${n}`, 0, `d${n}`)),
    ]);
    expect(rank(few) < rank(many)).toBe(true);
    const nine = facts(many.events.slice(0, 9));
    expect(distinctEvents(nine.events).length).toBe(9);
    expect(rank(nine) < rank(many)).toBe(true);
    const repeated = facts([event(5, 'a.b.c', 0), event(5, 'a.b.c', 1), event(5, 'a.b.c', 2)]);
    expect(rank(repeated) < rank(few)).toBe(true);
  });

  test('then on updated_at, which sorts lowest if absent', () => {
    const events = [event(5, 'a.b.c')];
    const [none, early, late] = [{}, { updated_at: at(1) }, { updated_at: at(2) }].map((f) =>
      rank(facts(events, f)),
    );
    expect([late, none, early].sort()).toEqual([none, early, late]);
  });

  test('a payload with less that was updated after everything in the other one takes something back', () => {
    const [few, many] = [[event(4, 'a.b.c')], [event(4, 'a.b.c'), event(7, 'a.b.d', 1)]];
    const of = (events: typeof few, second?: number) =>
      rank(facts(events, second === undefined ? {} : { updated_at: at(second) }));
    expect(takesBack(of(few, 9), of(many, 8))).toBe(true);
    expect(takesBack(of(few, 8), of(many, 9))).toBe(false);
    // Some payloads state no current time.
    expect(takesBack(of(few, 6), of(many, 5))).toBe(false);
    expect(takesBack(of(few, 9), of(many))).toBe(false);
    expect(takesBack(of(few), of(many, 8))).toBe(false);
  });

  test('then on the newest fact of its order_transaction, which sorts lowest if absent', () => {
    const events = [event(5, 'a.b.c')];
    const report = (second: number) => ({
      report: { status: 'active', orders: { [orderId(2)]: at(second) } },
    });
    const [none, early, late] = [{}, report(6), report(7)].map((f) => rank(facts(events, f)));
    expect([late, none, early].sort()).toEqual([none, early, late]);
  });

  test('is equal if and only if the snapshots are equal and equally new', () => {
    holdsFor(
      fc.property(anyFacts, anyFacts, fc.boolean(), (a, other, same) => {
        const b = same ? withKeysReversed(a) : other;
        expect(rank(a) === rank(b)).toBe(isDeepStrictEqual(meaning(a), meaning(b)));
      }),
      { numRuns: 300 },
    );
  });

  test('differs if any field differs', () => {
    const base = snapshot({ created_at: at(1) });
    const report = { status: 'active', orders: {} };
    const ranks = Object.keys(base).map((field) =>
      rank(facts([], { ...base, [field]: field === 'report' ? report : at(2) })),
    );
    expect(new Set([rank(facts([], base)), ...ranks]).size).toBe(ranks.length + 1);
  });

  test('depends neither on the order of keys nor on the order of a set', () => {
    const shuffledToo = anyFacts.chain((one) => {
      const whole = <T>(list: readonly T[]) =>
        fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
      const sets = fc.record({
        events: whole(one.events),
        futureEvents: whole(one.futureEvents),
        siblings: whole(one.siblings),
        listings: whole(one.listings),
      });
      return sets.map((lists): [Facts, Facts] => [one, withKeysReversed({ ...one, ...lists })]);
    });
    holdsFor(
      fc.property(shuffledToo, ([one, again]) => {
        expect(rank(again)).toBe(rank(one));
      }),
      { numRuns: 300 },
    );
  });

  test('is plain ASCII, so that every engine sorts it the same way', () => {
    holdsFor(
      fc.property(anyFacts, (one) => {
        expect(rank(one)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { tellsNews } from '../../core/domain/order/news.ts';
import type { OrderFacts } from '../../core/domain/order/order-record.ts';
import { at, event, orderId, record, snapshot } from './order-records.ts';

const ordered = event(1, 'received.walk_in_test.ordered');
const completed = event(9, 'completed.walk_in_test.completed');

function facts(parts: Partial<OrderFacts> = {}): OrderFacts {
  return {
    ...{ id: orderId(1), rank: '', events: [ordered], futureEvents: [], siblings: [] },
    ...{ transactionIds: ['t'], clientUsers: [], snapshot: snapshot({ updated_at: at(1) }), ...parts },
  };
}

const held = record(1, {
  ...{ events: [ordered], transactionIds: ['t'] },
  snapshot: { updated_at: at(1) },
});

describe('news of an order', () => {
  test('is anything of one that is not known, or by its name alone', () => {
    expect(tellsNews(facts(), null)).toBe(true);
    expect(tellsNews(facts(), record(1, { snapshot: null, events: [ordered] }))).toBe(true);
  });

  test('is an event that is not held, or not counted yet, and a transaction it was not known to be of', () => {
    expect(tellsNews(facts({ events: [ordered, completed] }), held)).toBe(true);
    const early = { ...held, futureEvents: [completed] };
    expect(tellsNews(facts({ events: [ordered, completed] }), early)).toBe(true);
    for (const transactionIds of [['other'], ['t', 'other']]) {
      expect(tellsNews(facts({ transactionIds }), held)).toBe(true);
    }
  });

  test('is a later word on what changes without an event, and no earlier one', () => {
    const dated = (second: number) =>
      snapshot({ updated_at: at(second), worst_case_result_by_date: '2026-03-09' });
    expect(tellsNews(facts({ snapshot: dated(2) }), held)).toBe(true);
    expect(tellsNews(facts({ snapshot: dated(1) }), held)).toBe(false);
    expect(tellsNews(facts({ snapshot: dated(0) }), held)).toBe(false);
  });

  test('that says no time is no later than any, and any is later than none', () => {
    const dated = (updated_at: string | null) =>
      facts({ snapshot: snapshot({ updated_at, worst_case_result_by_date: '2026-03-09' }) });
    expect(tellsNews(dated(null), held)).toBe(false);
    expect(tellsNews(dated(at(1)), { ...held, snapshot: snapshot() })).toBe(true);
    expect(tellsNews(dated(null), { ...held, snapshot: snapshot() })).toBe(false);
  });

  test('is not the same once more, in another place of the list or under a later updated_at', () => {
    expect(tellsNews(facts(), held)).toBe(false);
    expect(tellsNews(facts({ events: [{ ...ordered, position: 3 }] }), held)).toBe(false);
    expect(tellsNews(facts({ snapshot: snapshot({ updated_at: at(5) }) }), held)).toBe(false);
    expect(tellsNews(facts({ events: [] }), { ...held, events: [ordered, completed] })).toBe(false);
  });
});

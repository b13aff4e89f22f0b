import { describe, expect, test } from 'vitest';
import { hasNews } from '../../../../core/domain/order/news.ts';
import type { OrderFacts } from '../../../../core/domain/order/order-record.ts';
import { at, claiming, event, orderId, record, snapshot } from '../order-records.ts';

const ordered = event(1, 'received.walk_in_test.ordered');
const completed = event(9, 'completed.walk_in_test.completed');

function facts(parts: Partial<OrderFacts> = {}): OrderFacts {
  return {
    id: orderId(1),
    rank: '2',
    receivedAt: at(20),
    events: [ordered],
    futureEvents: [],
    siblings: [],
    listings: [],
    transactionId: 't',
    clientUser: null,
    snapshot: snapshot({ updated_at: at(1) }),
    ...parts,
  };
}

const held = record(1, {
  events: [ordered],
  ...claiming({ own: 't' }),
  rank: '1',
  snapshot: { updated_at: at(1) },
});

describe('facts about an order are new', () => {
  test('if the order is unknown or known by name only', () => {
    expect(hasNews(facts(), null)).toBe(true);
    expect(hasNews(facts(), record(1, { snapshot: null, events: [ordered] }))).toBe(true);
  });

  test('if they have an event that is not stored or not counted yet, or a new transaction of the order', () => {
    expect(hasNews(facts({ events: [ordered, completed] }), held)).toBe(true);
    const early = { ...held, futureEvents: [completed] };
    expect(hasNews(facts({ events: [ordered, completed] }), early)).toBe(true);
    expect(hasNews(facts({ transactionId: 'other' }), held)).toBe(true);
    expect(hasNews(facts({ transactionId: null }), held)).toBe(false);
  });

  test('if they change a field without an event and are newer than the record', () => {
    const dated = snapshot({ updated_at: at(1), worst_case_result_by_date: '2026-03-09' });
    expect(hasNews(facts({ snapshot: dated }), held)).toBe(true);
    expect(hasNews(facts({ snapshot: dated, rank: '1' }), held)).toBe(false);
    expect(hasNews(facts({ snapshot: dated, rank: '0' }), held)).toBe(false);
  });

  test('but not if they only repeat stored facts, in another position or with a later updated_at', () => {
    expect(hasNews(facts(), held)).toBe(false);
    expect(hasNews(facts({ events: [{ ...ordered, position: 3 }] }), held)).toBe(false);
    expect(hasNews(facts({ snapshot: snapshot({ updated_at: at(5) }) }), held)).toBe(false);
    expect(hasNews(facts({ events: [] }), { ...held, events: [ordered, completed] })).toBe(false);
  });
});

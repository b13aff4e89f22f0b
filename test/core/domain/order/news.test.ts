import { describe, expect, test } from 'vitest';
import { hasNews } from '../../../../core/domain/order/news.ts';
import type { OrderFacts } from '../../../../core/domain/order/order-record.ts';
import { at, claiming, event, orderId, record, snapshot } from '../order-records.ts';

const ordered = event(1, 'received.walk_in_test.ordered');
const completed = event(9, 'completed.walk_in_test.completed');

function answer(parts: Partial<OrderFacts> = {}): OrderFacts {
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

const held = record(1, { events: [ordered], ...claiming({ own: 't' }), snapshot: { updated_at: at(1) } });

describe("Junction's answer about an order is news", () => {
  test('if the order is unknown or known by name only', () => {
    expect(hasNews(answer(), null)).toBe(true);
    expect(hasNews(answer(), record(1, { snapshot: null, events: [ordered] }))).toBe(true);
  });

  test('if it has another list of events, or another word for one of them', () => {
    expect(hasNews(answer({ events: [ordered, completed] }), held)).toBe(true);
    expect(hasNews(answer(), { ...held, events: [ordered, completed] })).toBe(true);
    expect(hasNews(answer({ events: [{ ...ordered, status: completed.status }] }), held)).toBe(true);
  });

  test('if it names another transaction, or changes a field without an event', () => {
    expect(hasNews(answer({ transactionId: 'other' }), held)).toBe(true);
    const dated = snapshot({ updated_at: at(1), worst_case_result_by_date: '2026-03-09' });
    expect(hasNews(answer({ snapshot: dated }), held)).toBe(true);
  });

  test('if something waits for it: a question, or an end that only a webhook reported', () => {
    expect(hasNews(answer(), { ...held, questionAt: at(3) })).toBe(true);
    const ended = record(1, {
      events: [completed],
      ...claiming({ own: 't' }),
      snapshot: { origin: 'redraw' },
      unansweredSince: at(9),
    });
    const same = answer({ events: [completed], snapshot: snapshot({ origin: 'redraw' }) });
    expect(hasNews(same, ended)).toBe(true);
    expect(hasNews(same, { ...ended, unansweredSince: null })).toBe(false);
  });

  test('but not if it only repeats stored facts, in another form or with a later updated_at', () => {
    expect(hasNews(answer(), held)).toBe(false);
    expect(hasNews(answer({ transactionId: null }), held)).toBe(false);
    expect(hasNews(answer({ events: [{ ...ordered, position: 3 }] }), held)).toBe(false);
    expect(hasNews(answer({ snapshot: snapshot({ updated_at: at(5) }) }), held)).toBe(false);
    expect(hasNews(answer({ events: [] }), { ...held, events: [ordered, completed] })).toBe(false);
  });
});

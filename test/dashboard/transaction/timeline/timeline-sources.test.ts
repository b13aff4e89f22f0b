import { describe, expect, test } from 'vitest';
import type { Order, Transaction } from '../../../../dashboard/src/api/answers.ts';
import { timeline } from '../../../../dashboard/src/transaction/timeline.ts';
import { event, explained, listed, march, order, transaction } from '../sample-transaction.ts';
import { initial, line, lines, NOW } from '../timeline-lines.ts';

describe('the source of an entry', () => {
  function learned(story: Transaction, orders: readonly Order[]) {
    return timeline(story, orders, NOW).flatMap(({ entry }) =>
      entry.kind === 'event' ? [[line(entry), entry.learned]] : [],
    );
  }

  test('is its own webhook, unless none reported it', () => {
    const missed = [
      {
        order_id: 'first',
        event_id: '1',
        status: 'received.walk_in_test.ordered',
        created_at: march('03-01 08:00'),
        sentence: '',
      },
      // The same id in another order is another event.
      {
        order_id: 'second',
        event_id: '2',
        status: 'received.walk_in_test.redraw_available',
        created_at: march('03-07 09:00'),
        sentence: '',
      },
    ];
    expect(learned(transaction({ missed }), [initial])).toEqual([
      ['first ordered', { how: 'unreported' }],
      ['first redraw_available', { how: 'webhook' }],
    ]);
  });

  test('is another order, only for what the order does not report itself', () => {
    const heard = (time: string, low_level_status: string) => ({
      low_level_status,
      at: march(time),
      source: 'heard' as const,
      reported_by: ['second'],
    });
    const story = transaction({
      explained: [
        explained('first', {
          newest: heard('03-08 09:00', 'completed'),
          lost: [{ ...heard('03-07 09:00', 'redraw_available'), why: 'older' }],
        }),
      ],
    });
    expect(learned(story, [initial])).toEqual([
      ['first ordered', { how: 'webhook' }],
      ['first redraw_available', { how: 'webhook' }],
      ['first completed', { how: 'sibling', from: ['second'] }],
    ]);
  });

  test("is other orders' reports for an order without a record, otherwise its creation", () => {
    const told = {
      low_level_status: 'ordered',
      at: march('03-08 09:00'),
      source: 'heard' as const,
      reported_by: ['first'],
    };
    const story = transaction({ explained: [explained('second', { newest: told })] });
    expect(lines(story)).toEqual(['first created', 'second ordered', 'now']);
  });

  test('is named with its time, if they were recorded', () => {
    const from = (id: number, learned_from: 'webhook' | 'api') => ({
      ...event(id, `03-0${id} 08:00`, 'ordered'),
      learned_at: march(`03-0${id} 08:03`),
      learned_from,
    });
    const missed = [2, 4].map((id) => ({
      order_id: 'first',
      event_id: String(id),
      status: 'received.walk_in_test.ordered',
      created_at: march(`03-0${id} 08:00`),
      sentence: '',
    }));
    const first = order('first', {
      events: [from(1, 'webhook'), from(2, 'webhook'), from(3, 'api'), from(4, 'api')],
    });
    const story = transaction({ orders: [listed('first')], missed });
    expect(learned(story, [first]).map(([, how]) => how)).toEqual([
      { how: 'webhook' },
      { how: 'later_webhook' },
      { how: 'api', unreported: false },
      { how: 'api', unreported: true },
    ]);
    const [row] = timeline(story, [first], NOW);
    expect(row?.entry).toMatchObject({ learnedAt: march('03-01 08:03') });
  });
});

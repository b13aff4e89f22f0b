/** What an answer says about results is found wherever it stands. */
import { expect, test } from 'vitest';
import { shownResults } from '../../../core/http/shown-results.ts';

const plain = { id: 'o1', low_level_status: 'completed', interpretation: null, critical_result: null };
const abnormal = { ...plain, interpretation: 'abnormal' };
const critical = { ...plain, id: 'o2', critical_result: 'open' };
const transaction = (...orders: object[]) => ({ id: 't1', orders, critical_result: null, next_step: null });
const step = { situation: 'critical_result', order_id: 'o2' };
const listed = { order_id: 'o3', order_transaction_id: 't3', state: 'open', reports: [{ status: 'final' }] };

const summary = (ids: object) => ({ action: 'result_summary.read', ...ids });
const read = (ids: object) => ({ action: 'critical_result.read', ...ids });

test.each<[string, unknown, object[]]>([
  ['nothing', { transactions: [transaction(plain)], next_cursor: null }, []],
  ['an order', abnormal, [summary({ order_id: 'o1' })]],
  [
    'an order with its transaction',
    { ...abnormal, order_transaction_id: 't9' },
    [summary({ transaction_id: 't9', order_id: 'o1' })],
  ],
  [
    'a page, each order once',
    { transactions: [transaction(abnormal, critical), transaction(abnormal)] },
    [summary({ transaction_id: 't1', order_id: 'o1' }), read({ transaction_id: 't1', order_id: 'o2' })],
  ],
  [
    'results of a batch',
    { results: [{ transaction_id: 't1', transaction: transaction(abnormal) }] },
    [summary({ transaction_id: 't1', order_id: 'o1' })],
  ],
  [
    'a next step',
    { orders: [{ ...plain, order_transaction_id: 't1', next_step: step }] },
    [read({ transaction_id: 't1', order_id: 'o2' })],
  ],
  [
    'the state of a critical result',
    { ...plain, critical_result: { state: 'acknowledged' } },
    [read({ order_id: 'o1' })],
  ],
  [
    'critical results',
    { critical_results: [listed], next_cursor: null },
    [read({ transaction_id: 't3', order_id: 'o3' })],
  ],
  [
    'a transaction alone',
    { ...transaction(plain), critical_result: 'open' },
    [read({ transaction_id: 't1' })],
  ],
])('%s', (_, answer, expected) => {
  expect(shownResults({ statusCode: 200, body: JSON.stringify(answer) })).toEqual(expected);
});

test('a body that is no JSON, and none, say nothing', () => {
  expect([shownResults({ body: '%PDF-1.7' }), shownResults({})]).toEqual([[], []]);
});

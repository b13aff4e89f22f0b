import { expect, test } from 'vitest';
import { areLabResults, type ResultsOf } from '../../../core/junction/results-of.ts';
import { orderId, transactionId } from '../../../tools/verification/oracle/bodies.ts';

const [order, another] = [orderId(1), orderId(2)];
const [ours, other] = [transactionId(1), transactionId(2)];
const ofTransaction: ResultsOf = { orderId: null, transactionId: ours };
const ofOrder: ResultsOf = { orderId: order, transactionId: ours };
const ofLoneOrder: ResultsOf = { orderId: order, transactionId: null };
const results = (order_transaction: unknown) =>
  Buffer.from(JSON.stringify({ metadata: {}, results: [], order_transaction }));
const listing = (id: string, ...orders: string[]) => ({ id, orders: orders.map((one) => ({ id: one })) });

test.each<[string, ResultsOf, unknown, boolean]>([
  ['of the transaction', ofTransaction, listing(ours, order), true],
  ['that name no transaction', ofTransaction, null, true],
  ['of another transaction', ofTransaction, listing(other, order), false],
  ['of the transaction of the order', ofOrder, listing(ours), true],
  ['of the transaction that the order has moved to', ofOrder, listing(other, another, order), true],
  ['of another order', ofOrder, listing(other, another), false],
  ['of another transaction without a list', ofOrder, { id: other }, false],
  ['of an order whose transaction is not known', ofLoneOrder, listing(other, order), true],
  ['of others than an order whose transaction is not known', ofLoneOrder, listing(other, another), false],
  ['of an unreadable transaction', ofOrder, { id: 'x' }, false],
])('results %s', (_, of, transaction, expected) => {
  expect(areLabResults(results(transaction), of)).toBe(expected);
});

/** Items that are read as orders, and others. */
import { expect, test } from 'vitest';
import { readOrderItem } from '../../../../core/store/orders/order-item.ts';
import { orderKey, transactionKey } from '../../../../core/store/table-layout.ts';

test.each([
  [{ pk: 7, sk: 7, version: 1 }],
  [{ ...transactionKey('x'), version: 1 }],
  [{ ...orderKey('x'), version: '1' }],
  [{ ...orderKey('x') }],
])('%j is not an order', (item) => {
  expect(() => readOrderItem(item)).toThrow(`cannot be read: ${item.pk}`);
});

test('the ids that an order names are sorted, and attributes that only resemble arrivals are ignored', () => {
  const read = readOrderItem({
    ...orderKey('x'),
    version: 1,
    '+b': new Set(['[]']),
    '+a': new Set(['[]']),
    '+c': new Set(['[]']),
    '@x': 'text',
    other: 5,
  });
  expect(read.siblings.map(({ order_id }) => order_id)).toEqual(['a', 'b', 'c']);
  expect(read.arrivals).toEqual([]);
});

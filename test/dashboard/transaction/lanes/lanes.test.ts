import { describe, expect, test } from 'vitest';
import { lanesOf } from '../../../../dashboard/src/transaction/lanes.ts';
import { listed, transaction } from '../sample-transaction.ts';

describe('lanes', () => {
  test("have the names of the orders' origins, with a number if there are several", () => {
    const orders = [
      listed('a'),
      listed('b', { origin: 'recreation', parent_id: 'a' }),
      listed('c', { origin: 'redraw' }),
      listed('d', { origin: 'redraw' }),
      listed('e', { origin: 'transfer' }),
    ];
    expect(lanesOf(transaction({ orders })).map(({ name }) => name)).toEqual([
      'Initial order',
      'Recreation',
      'Redraw order',
      'Redraw order 2',
      'Order',
    ]);
  });
});

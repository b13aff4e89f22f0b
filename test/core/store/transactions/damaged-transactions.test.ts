/** What can be read of a damaged transaction item, and how the item is deleted. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stampOf } from '../../../../core/domain/instant.ts';
import { nextRevision, remarked } from '../../../../core/domain/stored/next-revision.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import type { Item, Table } from '../../../../core/store/table.ts';
import { transactionKey } from '../../../../core/store/table-layout.ts';
import {
  intactTransaction,
  ordersNamedBy,
  readRawTransaction,
  salvagedMarks,
} from '../../../../core/store/transactions/damaged-transactions.ts';
import { transactionItem } from '../../../../core/store/transactions/transaction-item.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM, person } from '../../../callers.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, orderId } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

/** A transaction with an open redraw, an anomaly and marks, so that every part of the item has a value. */
function whole(n: number) {
  const contributions = {
    ...brings(n, {
      snapshot: { origin: 'redraw', has_missing_results: true, missing_results: [] },
      events: [event(1, 'received.walk_in_test.requisition_created')],
    }),
    ...brings(n + 1, {
      snapshot: { origin: 'initial' },
      events: [event(0, 'completed.walk_in_test.completed')],
    }),
  };
  const first = nextRevision({ id: transactionId(n), contributions, departures: {}, after: null }, CLOCKS);
  const acknowledgement = { by: 'kim', note: null, at: at(2), caller: person('kim'), stop_messages: false };
  return remarked(first, { marks: { ...first.marks, acknowledgement }, checked_at: at(3) }, CLOCKS);
}

const item = transactionItem(whole(1));

describe('an item is read as a transaction', () => {
  test('if it is intact, with marks of every kind', () => {
    expect(intactTransaction(item)).toEqual(whole(1));
    const marks = { progress: 'p', stale_since: at(1), acknowledgement: null, unanswered_since: at(2) };
    expect(intactTransaction({ ...item, marks })).toMatchObject({ marks });
    const withdrawn = { ...marks, withdrawal: { by: 'kim', at: at(5), caller: PROGRAM } };
    expect(intactTransaction({ ...item, marks: withdrawn })).toMatchObject({ marks: withdrawn });
    const { marks: _, checked_at: __, ...unmarked } = item;
    expect(intactTransaction(unmarked)).toMatchObject({ marks: UNMARKED, checked_at: null });
  });

  test.each(['revision', 'contributions'])('but not without its %s', (part) => {
    const { [part]: _, ...rest } = item;
    expect(intactTransaction(rest)).toBeNull();
  });

  const parts = ['u_sk', 'due', 'marks', 'checked_at', 'check_at', 'unanswered', 'departures'];
  test.each(['revision', 'contributions', ...parts])('but not with another value in its %s', (part) => {
    expect(intactTransaction({ ...item, [part]: [5] })).toBeNull();
  });

  const acknowledged = { by: 'kim', note: null, at: at(1), caller: PROGRAM, stop_messages: false };
  const { at: _, ...atNoTime } = acknowledged;
  const { caller: __, ...ofNobody } = acknowledged;
  const { note: ___, ...withoutNote } = acknowledged;
  const broken: readonly [string, Item][] = [
    ['revision of zero', { revision: 0 }],
    ['fractional revision', { revision: 1.5 }],
    ['invalid departure', { departures: { [orderId(1)]: 'gone' } }],
    ['contribution without a version', { contributions: { [orderId(1)]: { low: 'ordered' } } }],
    ['contribution with an invalid status', { contributions: { [orderId(1)]: { v: 1, low: 7 } } }],
    ['contribution with an invalid time', { contributions: { [orderId(1)]: { v: 1, at: at(1) } } }],
    ['contribution with an invalid report', { contributions: { [orderId(1)]: { v: 1, heard: ['no'] } } }],
    ['report of an unknown order', { contributions: { [orderId(1)]: { v: 1, heard: ['["7"]'] } } }],
    ['empty object of marks', { marks: {} }],
    ['invalid progress in its marks', { marks: { ...UNMARKED, progress: 7 } }],
    [
      'acknowledgement without a person',
      { marks: { ...UNMARKED, acknowledgement: { ...acknowledged, by: null } } },
    ],
    ['acknowledgement without a time', { marks: { ...UNMARKED, acknowledgement: atNoTime } }],
    ['acknowledgement without a caller', { marks: { ...UNMARKED, acknowledgement: ofNobody } }],
    ['acknowledgement without a note field', { marks: { ...UNMARKED, acknowledgement: withoutNote } }],
    ['withdrawal without a person', { marks: { ...UNMARKED, withdrawal: { at: at(1), caller: PROGRAM } } }],
    ['withdrawal without a time', { marks: { ...UNMARKED, withdrawal: { by: 'kim', caller: PROGRAM } } }],
    ['null as the time of the first unanswered check', { marks: { ...UNMARKED, unanswered_since: null } }],
    ['number of unanswered checks without the time of the next', { unanswered: { count: 1 } }],
    ['number of unanswered checks that is zero', { unanswered: { count: 0, retry_at: at(1) } }],
    ['key of another kind', { sk: orderId(1) }],
  ];
  test.each(broken)('but not with a %s', (_, part) => {
    expect(intactTransaction({ ...item, ...part })).toBeNull();
  });
});

describe('of a damaged item', () => {
  test('the readable marks are kept', () => {
    const { marks, checked_at, check_at, order_check_at } = whole(1);
    expect(salvagedMarks(item)).toEqual({ marks, checked_at, check_at, order_check_at, unanswered: null });
    const unanswered = { count: 3, since: at(2), retry_at: at(4) };
    const saved = { marks, checked_at: stampOf(at(1)), check_at: stampOf(at(2)), unanswered };
    const planned = { d_pk: 'ORDER_DUE#1', d_sk: `${stampOf(at(3))}#tx` };
    const times = { checked_at: at(1), check_at: at(2), order_check_at: at(3) };
    expect(salvagedMarks({ ...saved, ...planned })).toEqual({ ...saved, ...times });
    const none = { checked_at: null, check_at: null, order_check_at: null };
    const nothing = { marks: UNMARKED, ...none, unanswered: null };
    expect(salvagedMarks({ unanswered: { count: 'many' } })).toEqual(nothing);
    expect(salvagedMarks({})).toEqual(nothing);
    expect(salvagedMarks({ marks: { progress: 1 }, checked_at: 5, check_at: {} })).toEqual(nothing);
  });

  test('the named orders are known', () => {
    expect(ordersNamedBy(item)).toEqual([orderId(1), orderId(2)]);
    for (const contributions of [undefined, null, 'words', 7]) {
      expect(ordersNamedBy({ contributions })).toEqual([]);
    }
  });
});

describe('a raw item', () => {
  const put = (Item: Item) => table.client.send(new PutCommand({ TableName: table.name, Item: { ...Item } }));

  test('is read whatever it contains', async () => {
    expect(await readRawTransaction(table, transactionId(900))).toBeNull();
    const damaged = { ...transactionKey(transactionId(901)), anything: [1] };
    await put(damaged);
    expect(await readRawTransaction(table, transactionId(901))).toEqual(damaged);
  });

  test.each([{ revision: 7 }, { revision: 'no number' }, { revision: { no: 'number' } }, {}])(
    'is written over on condition of its revision: %j',
    async (read) => {
      const next = whole(20);
      await put({ ...transactionKey(next.id), ...read });
      expect(await writeTransaction(table, next, { revision: 'another' })).toBe('conflict');
      expect(await writeTransaction(table, next, read)).toBe('written');
      expect(await readTransaction(table, next.id)).toEqual(next);
    },
  );
});

/** What the quarantine shows of a webhook that could not be understood: ids, and nothing that could be patient data. */
import { expect, test } from 'vitest';
import { originOf } from '../../../core/junction/quarantined-origin.ts';
import { orderId, transactionId } from '../../../tools/verification/oracle/bodies.ts';

const of = (body: unknown) => originOf(Buffer.from(JSON.stringify(body)));
const NOTHING = { event_type: null, order_id: null, order_transaction_id: null, user_id: null };

test('the ids of an order and of an appointment are read where they stand', () => {
  const user_id = orderId(9);
  const data = { id: orderId(1), user_id, order_transaction: { id: transactionId(1) }, events: 'none' };
  expect(of({ event_type: 'labtest.order.updated', data })).toEqual({
    event_type: 'labtest.order.updated',
    order_id: orderId(1),
    order_transaction_id: transactionId(1),
    user_id,
  });
  const appointment = { id: orderId(2), order_id: orderId(1), order_transaction_id: transactionId(1) };
  expect(of({ event_type: 'labtest.appointment.updated', user_id, data: appointment })).toEqual({
    event_type: 'labtest.appointment.updated',
    order_id: orderId(1),
    order_transaction_id: transactionId(1),
    user_id,
  });
});

test('values that are not ids or event types are left out, wherever they are', () => {
  const hostile = {
    id: 'Jane Roe',
    user_id: 7,
    order_id: ['1990-01-01'],
    order_transaction: 'jane@example.com',
  };
  expect(of({ event_type: 'Jane Roe', user_id: { name: 'Jane' }, data: hostile })).toEqual(NOTHING);
  expect(of({ event_type: 'labtest.order.updated', data: 'Jane' })).toEqual({
    ...NOTHING,
    event_type: 'labtest.order.updated',
  });
  for (const body of [null, 'Jane', [], 7]) expect(of(body)).toEqual(NOTHING);
  expect(originOf(Buffer.from('{"event_type": "labtest.order.up'))).toEqual(NOTHING);
});

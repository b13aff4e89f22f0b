/**
 * Bodies, orders, slots, reasons and links are Junction's own, so the official SDK writes and reads them. Paths and keys differ,
 * and so do answers about appointments, which here have no patient in them: of those, the SDK only writes the requests.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JunctionClient } from '@junction-api/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { type OrderingWorld, openOrderingWorld, orderRequest } from './ordering-world.ts';

let world: OrderingWorld;
let server: Server;
let client: JunctionClient;
/** The order that Junction's paths without an id are about. */
let current = '';

beforeAll(async () => {
  world = await openOrderingWorld();
  server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const { status, json } = await ours(request.method ?? '', request.url ?? '', {
      body: text === '' ? undefined : JSON.parse(text),
      key: String(request.headers['x-idempotency-key']),
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  client = new JunctionClient({
    baseUrl: `http://127.0.0.1:${port}`,
    auth: async () => ({ headers: {} }),
    maxRetries: 0,
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await world.close();
});

/** Asks this API what the SDK asks Junction. */
async function ours(
  method: string,
  url: string,
  { body, key }: { readonly body?: Json; readonly key: string },
): Promise<{ status: number; json: unknown }> {
  const appointment = `/v1/orders/${current}/appointment`;
  const ask = (verb: string, path: string, sent?: unknown) =>
    world.api.ask(verb, path, sent === undefined ? {} : { body: sent });
  const changed = async (verb: string, sent: unknown = body) => {
    const { status } = await ask(verb, appointment, sent);
    return { status, json: world.sandbox.junction.appointment(current) };
  };
  switch (`${method} ${url.replace(/\?.*/, '').split('/').at(-1)}`) {
    case 'POST order': {
      const { status, json } = await world.place(key, body);
      return { status, json: { ...json, status: 'success', message: '' } };
    }
    case 'POST availability':
      return ask('GET', `${appointment}/availability`);
    case 'GET cancellation-reasons': {
      const { status, json } = await ask('GET', `${appointment}/cancellation-reasons`);
      return { status, json: json.reasons };
    }
    case 'POST create_portal_url': {
      const { order_id, ...rest } = body ?? {};
      return ask('POST', `/v1/orders/${order_id}/portal-link`, rest);
    }
    case 'PATCH reschedule':
      return changed('PATCH');
    case 'PATCH cancel':
      // At home, the SDK writes these names itself.
      return changed('DELETE', { cancellation_reason_id: body?.cancellationReasonId, notes: body?.note });
    default:
      return changed('POST');
  }
}

test('the official SDK places an order by this API, books and cancels it, and reads the answers', async () => {
  const { user_id: userId, order_set, patient_details: patient, patient_address: address } = orderRequest();
  const { order } = await client.labTests.createOrder({
    idempotencyKey: 'from-the-sdk',
    userId,
    orderSet: { labTestIds: order_set.lab_test_ids },
    patientDetails: {
      firstName: patient.first_name,
      lastName: patient.last_name,
      dob: patient.dob,
      gender: 'female',
      phoneNumber: patient.phone_number,
      email: patient.email,
    },
    patientAddress: {
      firstLine: address.first_line,
      city: address.city,
      state: address.state,
      zip: address.zip,
      country: address.country,
    },
    consents: [{ consentType: 'hipaa-authorization', timeOfConsent: new Date() }],
    activateBy: '2099-01-31',
  });
  expect(order).toMatchObject({ userId, origin: 'initial', patientDetails: { firstName: 'Ada' } });
  const { json } = await world.api.get(`/v1/orders/${order.id}`);
  expect(json).toMatchObject({ user_id: userId, order_transaction_id: order.orderTransaction?.id });

  current = order.id;
  await world.simulate(current, 'received.walk_in_test.requisition_created');
  const link = await client.user.createPortalUrl({ userId, context: 'launch', orderId: current });
  expect(link.expiresIn).toBe(600);
  const { slots } = await client.labTests.getPscAppointmentAvailability({ lab: 'quest', zipCode: '85004' });
  const [first = '', other = ''] = slots.flatMap((day) => day.slots.map(({ bookingKey }) => `${bookingKey}`));
  const slot = (bookingKey: string) => ({
    orderId: current,
    body: { bookingKey, appointmentNotes: 'left arm' },
  });
  await client.labTests.bookPscAppointment(slot(first));
  await client.labTests.reschedulePscAppointment(slot(other));
  const [reason] = await client.labTests.getPscAppointmentCancellationReason();
  const cancellationReasonId = reason?.id ?? '';
  await client.labTests.cancelPscAppointment({ orderId: current, cancellationReasonId, note: 'moved' });
  expect((await world.api.get(`/v1/orders/${current}`)).json.appointments).toMatchObject([
    { status: 'cancelled' },
  ]);
});

/** Our body and order are Junction's, so the official SDK writes the one and reads the other. Only the path and the key differ. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JunctionClient } from '@junction-api/sdk';
import { expect, test } from 'vitest';
import { openOrderingWorld, orderRequest } from './ordering-world.ts';

test('the official SDK places an order by this API and reads the answer', async () => {
  const world = await openOrderingWorld();
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const { status, json } = await world.place(String(request.headers['x-idempotency-key']), body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...json, status: 'success', message: '' }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new JunctionClient({
    baseUrl: `http://127.0.0.1:${port}`,
    auth: async () => ({ headers: {} }),
    maxRetries: 0,
  });
  const { user_id: userId, order_set, patient_details: patient, patient_address: address } = orderRequest();
  const { order } = await client.labTests.createOrder({
    idempotencyKey: 'from-the-sdk',
    userId,
    orderSet: { labTestIds: order_set.lab_test_ids },
    patientDetails: {
      ...{ firstName: patient.first_name, lastName: patient.last_name, dob: patient.dob, gender: 'female' },
      ...{ phoneNumber: patient.phone_number, email: patient.email },
    },
    patientAddress: {
      ...{ firstLine: address.first_line, city: address.city, state: address.state },
      ...{ zip: address.zip, country: address.country },
    },
    consents: [{ consentType: 'hipaa-authorization', timeOfConsent: new Date() }],
    activateBy: '2099-01-31',
  });
  expect(order).toMatchObject({ userId, origin: 'initial', patientDetails: { firstName: 'Ada' } });
  const { json } = await world.api.get(`/v1/orders/${order.id}`);
  expect(json).toMatchObject({ user_id: userId, order_transaction_id: order.orderTransaction?.id });
  server.close();
  server.closeAllConnections();
  await world.close();
});

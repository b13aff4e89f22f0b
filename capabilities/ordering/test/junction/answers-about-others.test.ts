/** What changes something at Junction acts on an answer about what was asked only, and knows when it does not know. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { OrderingClient } from '../../junction/ordering-client.ts';

const [ORDER, OTHER, USER, TEAM, TEST] = [1, 2, 3, 4, 5].map(
  (n) => `3fa85f64-5717-4562-b3fc-00000000000${n}`,
) as [string, string, string, string, string];
const now = '2026-03-10T12:00:00.000000Z';
const asked = { orderId: ORDER, userId: USER, teamId: TEAM, now };
const atCenter = { ...asked, kind: 'psc' as const };
const slot = { booking_key: 'key' };

const order = { id: ORDER, user_id: USER, team_id: TEAM, lab_test: { id: TEST }, events: [] };
const appointment = { id: OTHER, order_id: ORDER, user_id: USER };
const requests: RequestInit[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  requests.length = 0;
});

function answering(status: number, body: unknown, headers: Record<string, string> = {}): OrderingClient {
  vi.stubGlobal('fetch', async (_: string, request: RequestInit) => {
    requests.push(request);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  });
  return new OrderingClient({
    baseUrl: 'http://junction',
    apiKey: 'key',
    teamId: TEAM,
    clock: () => new Date(now),
    timeLeft: () => 10_000,
    attempts: 1,
    pause: async () => undefined,
  });
}

const place = (client: OrderingClient) =>
  client.placeOrder({
    ...{ body: {}, idempotencyKey: 'key', now },
    subject: { userId: USER.toUpperCase(), labTestId: TEST },
  });
const WRITES: Record<string, (client: OrderingClient) => Promise<unknown>> = {
  placing: place,
  cancelling: (client) => client.cancelOrder(asked),
  booking: (client) => client.book(atCenter, slot, null, 'attempt'),
  rescheduling: (client) => client.reschedule(atCenter, slot),
  'cancelling an appointment': (client) =>
    client.cancelAppointment(atCenter, { cancellation_reason_id: '1' }),
};
const right = (write: string) => (['placing', 'cancelling'].includes(write) ? { order } : appointment);
const outcome = (asking: Promise<unknown>) =>
  asking.then(
    () => 'done',
    (error: Error) => error.name,
  );
const reason = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: { reason?: string }) => error.reason,
  );

describe.each(Object.entries(WRITES))('%s', (name, write) => {
  const others: object[] =
    'order' in right(name)
      ? [
          ...(name === 'placing' ? [{ lab_test: { id: OTHER } }] : [{ id: OTHER }]),
          { user_id: OTHER },
          { team_id: OTHER },
        ].map((other) => ({ order: { ...order, ...other } }))
      : [{ order_id: OTHER }, { user_id: OTHER }].map((other) => ({ ...appointment, ...other }));

  test('is done by an answer about what was asked', async () => {
    expect(await outcome(write(answering(200, right(name))))).toBe('done');
  });

  test.each(others)('is not known to be done by an answer about another: %j', async (other) => {
    expect(await outcome(write(answering(200, other)))).toBe('JunctionOutcomeUnknown');
  });

  test.each([
    [200, '<html>'],
    [302, '{}'],
    [404, '<html>'],
    [403, ''],
    [408, '{}'],
    [501, '{"detail":"x"}'],
    [503, '{"detail":"Service temporarily unavailable"}'],
    [520, '{"detail":"x"}'],
  ])('is not known to be done, or not, after %i %s', async (status, body) => {
    expect(await outcome(write(answering(status, body)))).toBe('JunctionOutcomeUnknown');
  });

  test.each([
    [400, '{"detail":"x"}', 'JunctionRefused'],
    [418, '{}', 'JunctionRefused'],
    [503, '{"detail":"PSC appointment scheduling is not enabled"}', 'JunctionRefused'],
    [401, '{"detail":"x"}', 'JunctionUnavailable'],
    [429, '{"detail":"x"}', 'JunctionUnavailable'],
  ])('is not done after %i %s', async (status, body, expected) => {
    expect(await outcome(write(answering(status, body)))).toBe(expected);
  });
});

test('a lab test that Junction made for the order is not another lab test', async () => {
  const made = { order: { ...order, lab_test: { id: OTHER, auto_generated: true } } };
  const client = answering(200, made);
  expect(await outcome(place(client))).toBe('done');
});

test('403 is a refusal of what only some teams may do, and otherwise of the key', async () => {
  const forbidden = () => answering(403, { detail: 'x' });
  expect(await outcome(forbidden().book(atCenter, slot, null, 'attempt'))).toBe('JunctionRefused');
  const atHome = { ...asked, kind: 'phlebotomy' as const };
  expect(await reason(forbidden().book(atHome, slot, null, 'attempt'))).toBe('key_refused');
});

test('a booking at a center carries its idempotency key, at home there is none', async () => {
  await answering(200, appointment).book(atCenter, slot, null, 'attempt');
  await answering(200, appointment).book({ ...asked, kind: 'phlebotomy' }, slot, null, 'attempt');
  const keys = requests.map(({ headers }) => new Headers(headers).get('x-idempotency-key'));
  expect(keys).toEqual(['attempt', null]);
});

test.each<[string, unknown, (client: OrderingClient) => Promise<unknown>]>([
  ['an order', { ...order, id: OTHER }, (client) => client.order(ORDER, now)],
  ['an order of a team', { ...order, team_id: OTHER }, (client) => client.order(ORDER, now)],
  ['an order of a user', order, (client) => client.order(ORDER, now, { userId: OTHER })],
  [
    'the orders of a user',
    { orders: [order, { ...order, id: OTHER, user_id: OTHER }] },
    (client) => client.ordersOfUser(USER, now, now),
  ],
  ['an appointment', { ...appointment, order_id: OTHER }, (client) => client.appointment('psc', ORDER)],
  ['a lab test', { id: OTHER }, (client) => client.labTest(TEST)],
  [
    'a ZIP code',
    { zip_code: '85005', phlebotomy: { is_served: true, providers: [] } },
    (client) => client.homeService('85004'),
  ],
])('%s: an answer about another is none', async (_, body, read) => {
  expect(await reason(read(answering(200, body)))).toBe('undocumented');
});

test('an id that is not a UUID never becomes a part of a path', async () => {
  const client = answering(200, order);
  await expect(client.order('../user', now)).rejects.toThrow(/UUID/);
  await expect(async () => client.portalLink('..', ORDER, 'launch')).rejects.toThrow(/UUID/);
  expect(requests).toEqual([]);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'svix';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Agenda } from '../../junction/agenda.ts';
import { Clock } from '../../junction/clock.ts';
import { random } from '../../random.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import { DeliveryFaults } from '../../webhooks/delivery-faults.ts';
import { Outbox } from '../../webhooks/outbox.ts';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const WEBHOOK = {
  eventType: 'labtest.order.updated',
  body: { event_type: 'labtest.order.updated' },
  orderId: 'one',
};

interface Received {
  headers: Record<string, string>;
  text: string;
}

const received: Received[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  const text = Buffer.concat(await request.toArray()).toString();
  received.push({ headers: request.headers as Record<string, string>, text });
  response.writeHead(status).end('{"outcome":"applied"}');
});

beforeEach(async () => {
  received.length = 0;
  status = 200;
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function scene() {
  const clock = new Clock();
  clock.stop(new Date('2026-03-02T15:00:00Z'));
  const agenda = new Agenda();
  const faults = new DeliveryFaults();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const world = { agenda, now: () => clock.now(), faults, ids: random('outbox') };
  const outbox = new Outbox({ url, secret: SECRET }, world);
  /** Moves the clock, and waits until everything that is due has been tried. */
  const pass = async (time: number): Promise<void> => {
    clock.advance(time);
    agenda.runUntil(clock.now());
    await outbox.settled();
  };
  return { outbox, faults, pass };
}

const typesReceived = () => received.map(({ text }) => JSON.parse(text).type ?? JSON.parse(text).event_type);
const isSigned = ({ text, headers }: Received): boolean => {
  try {
    new Webhook(SECRET).verify(text, headers);
    return true;
  } catch {
    return false;
  }
};

test('eight attempts over 27.6 hours under one id, then the exhausted message is reported as Svix does', async () => {
  const { outbox, pass } = scene();
  status = 503;
  outbox.send(WEBHOOK);
  await outbox.settled();
  for (const pause of [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR]) {
    await pass(pause - 1);
    const before = received.length;
    await pass(1);
    expect(received.length).toBe(before + 1);
  }
  expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
  expect(received).toHaveLength(7);
  status = 200;
  const failing = [...received];
  await pass(10 * HOUR - 1);
  expect(received).toEqual(failing);
  status = 500;
  await pass(1);
  const [message] = outbox.messages();
  expect([message?.state, message?.attempts.length]).toEqual(['failed', 8]);
  expect(JSON.parse(received.at(-1)?.text ?? '')).toEqual({
    type: 'message.attempt.exhausted',
    data: {
      appId: expect.stringMatching(/^app_/),
      endpointId: expect.stringMatching(/^ep_/),
      msgId: message?.svixId,
      lastAttempt: {
        id: expect.stringMatching(/^atmpt_/),
        responseStatusCode: 500,
        timestamp: expect.any(String),
      },
    },
  });
  expect(received.every(isSigned)).toBe(true);
});

test('five days of nothing but failures disable the endpoint, and a success restarts the count', async () => {
  const { outbox, pass } = scene();
  const failFor = async (hours: number): Promise<void> => {
    status = 503;
    for (let hour = 0; hour < hours; hour += 1) {
      if (hour % 12 === 0) outbox.send(WEBHOOK);
      await pass(HOUR);
    }
  };
  await failFor(100);
  status = 200;
  outbox.send(WEBHOOK);
  await outbox.settled();
  await failFor(100);
  expect([outbox.isDisabled, typesReceived().includes('endpoint.disabled')]).toEqual([false, false]);
  await failFor(48);
  expect([outbox.isDisabled, typesReceived().filter((type) => type === 'endpoint.disabled')]).toEqual([
    true,
    ['endpoint.disabled'],
  ]);
  const before = received.length;
  outbox.send(WEBHOOK);
  await outbox.settled();
  expect([received.length, outbox.messages().at(-1)?.state]).toEqual([before, 'not_sent']);
  await pass(28 * HOUR);
  const unsent = outbox.messages().filter(({ state }) => state === 'not_sent');
  expect(unsent.filter(({ attempts }) => attempts.length > 0)).toEqual([]);
});

test('deliveries break on demand: lost, doubled, late, held back, wrongly signed', async () => {
  const { outbox, faults, pass } = scene();
  const send = async (rule: Parameters<DeliveryFaults['add']>[0]): Promise<number> => {
    received.length = 0;
    faults.clear();
    faults.add({ times: 1, eventType: 'labtest.order.*', ...rule });
    outbox.send(WEBHOOK);
    await outbox.settled();
    return received.length;
  };
  expect(await send({ fault: 'lose' })).toBe(0);
  expect(await send({ fault: 'duplicate' })).toBe(2);
  expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(2);
  expect(await send({ fault: 'delay', delaySeconds: 60 })).toBe(0);
  await pass(MINUTE);
  expect(received).toHaveLength(1);
  expect(await send({ fault: 'hold' })).toBe(0);
  expect(outbox.release()).toBe(1);
  await outbox.settled();
  expect(received).toHaveLength(1);
  expect(await send({ fault: 'unreachable' })).toBe(0);
  for (const fault of ['bad_signature', 'old_timestamp'] as const) {
    expect(await send({ fault })).toBe(1);
    expect(received.map(isSigned)).toEqual([false]);
  }
  expect(() => faults.add({ fault: 'delay' })).toThrow('delaySeconds');
});

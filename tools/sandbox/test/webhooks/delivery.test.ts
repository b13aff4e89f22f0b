import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'svix';
import { afterEach, describe, expect, test } from 'vitest';
import { journeys } from '../../journeys/journeys.ts';
import { planDeliveries } from '../../webhooks/delivery-plan.ts';
import { type Attempt, type DeliverySummary, deliver } from '../../webhooks/webhook-sender.ts';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const OTHER_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const some = journeys(4, 12);
const total = some.flatMap(({ snapshots }) => snapshots).length;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A receiver that answers the nth request (from 1) as requested; otherwise 200 `applied`. */
async function receiver(answer: (n: number, received: Received) => number | null = () => 200) {
  const received: Received[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const server = createServer(async (request, response) => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    const one = { headers: request.headers, body: Buffer.concat(await request.toArray()).toString() };
    received.push(one);
    const status = answer(received.length, one);
    inFlight -= 1;
    if (status === null) return;
    response.writeHead(status, { location: '/elsewhere', 'content-type': 'application/json' });
    response.end('{"outcome":"applied"}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/junction`;
  return { url, received, mostInFlight: () => mostInFlight };
}

describe('the plan', () => {
  const everything = { shuffle: true, duplicate: 0.3, delay: 0.2, drop: 0.2, lose: 0.1, unheard: 0.2 };

  test('is a pure function of journeys, seed and disorder', () => {
    expect(planDeliveries(some, { seed: 1, ...everything })).toEqual(
      planDeliveries(some, { seed: 1, ...everything }),
    );
    expect(planDeliveries(some, { seed: 1, ...everything })).not.toEqual(
      planDeliveries(some, { seed: 2, ...everything }),
    );
  });

  test('without disorder has each webhook once, in order of time', () => {
    const plan = planDeliveries(some);
    const byTime = some
      .flatMap(({ snapshots }) => snapshots)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .map(({ payload }) => JSON.stringify(payload));
    expect(plan.map(({ body }) => body).sort()).toEqual([...byTime].sort());
    expect(plan[0]?.body).toBe(byTime[0]);
    expect(new Set(plan.map(({ svixId }) => svixId)).size).toBe(total);
  });

  test('loses nothing if it is shuffled, delayed or dropped and resent', () => {
    const bodies = (disorder: object) =>
      planDeliveries(some, { seed: 3, ...disorder }).map(({ body }) => body);
    const inOrder = bodies({});
    for (const disorder of [{ shuffle: true }, { shuffle: 5 }, { delay: 0.5 }, { drop: 0.5 }]) {
      expect(bodies(disorder)).not.toEqual(inOrder);
      expect(bodies(disorder).sort()).toEqual([...inOrder].sort());
    }
  });

  test('moves nothing further than its window if it is shuffled within one', () => {
    const inOrder = planDeliveries(some, { seed: 3 }).map(({ body }) => body);
    planDeliveries(some, { seed: 3, shuffle: 3 }).forEach(({ body }, place) => {
      expect(Math.abs(inOrder.indexOf(body) - place)).toBeLessThanOrEqual(3);
    });
  });

  test('has duplicates and resent messages under the same id or a new one', () => {
    const plan = planDeliveries(some, { seed: 3, duplicate: 1 });
    expect(plan).toHaveLength(2 * total);
    const ids = new Set(plan.map(({ svixId }) => svixId)).size;
    expect(ids).toBeGreaterThan(total);
    expect(ids).toBeLessThan(2 * total);
  });

  test('lacks what is lost', () => {
    expect(planDeliveries(some, { lose: 1 })).toEqual([]);
  });
});

describe('the sender', () => {
  test('signs each attempt so that the svix library accepts it', async () => {
    const { url, received } = await receiver();
    await deliver(planDeliveries(some), { url, secret: SECRET });
    expect(received).toHaveLength(total);
    for (const { headers, body } of received) {
      expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
    }
  });

  test('signs with both secrets during a rotation, with either set of header names', async () => {
    const { url, received } = await receiver();
    const one = planDeliveries(some).slice(0, 1);
    await deliver(one, { url, secret: `${SECRET},${OTHER_SECRET}`, headers: 'webhook' });
    const { headers, body } = received[0] as Received;
    expect(Object.keys(headers)).toContain('webhook-signature');
    for (const secret of [SECRET, OTHER_SECRET]) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    }
  });

  test('sends in the planned order, one at a time if configured', async () => {
    const { url, received, mostInFlight } = await receiver();
    const plan = planDeliveries(some, { seed: 9, shuffle: true });
    await deliver(plan, { url, secret: SECRET, concurrency: 1 });
    expect(received.map(({ headers }) => headers['svix-id'])).toEqual(plan.map(({ svixId }) => svixId));
    expect(mostInFlight()).toBe(1);
  });

  test('respects its concurrency', async () => {
    const { url, mostInFlight } = await receiver();
    await deliver(planDeliveries(some), { url, secret: SECRET, concurrency: 3 });
    expect(mostInFlight()).toBeLessThanOrEqual(3);
  });

  test.each([503, 401, 302, 204, null])('retries after %s: only a 2xx counts', async (status) => {
    const { url, received } = await receiver((n) => (n === 1 ? status : 200));
    const [one] = planDeliveries(some);
    if (!one) throw new Error('no delivery');
    // The second attempt has the same timeout, on a busy machine too.
    const timeoutMs = status === null ? 1_000 : 15_000;
    const attempts: Attempt[] = [];
    const onProgress = (attempt: Attempt) => attempts.push(attempt);
    const summary = await deliver([one], {
      url,
      secret: SECRET,
      retryDelaysMs: [1, 1],
      timeoutMs,
      onProgress,
    });
    const retried = status === 204 ? 0 : 1;
    expect(summary).toMatchObject({ sent: 1 + retried, accepted: 1, retried, failed: 0 });
    expect(attempts.map(({ accepted }) => accepted)).toEqual(retried ? [false, true] : [true]);
    expect(attempts[0]?.status).toBe(status);
    expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
  });

  test('signs a retry with the time of the attempt', async () => {
    const { url, received } = await receiver((n) => (n < 3 ? 503 : 200));
    let seconds = 1_800_000_000;
    const clock = () => new Date(1000 * seconds++);
    await deliver(planDeliveries(some).slice(0, 1), { url, secret: SECRET, retryDelaysMs: [1, 1], clock });
    const stamps = received.map(({ headers }) => headers['svix-timestamp']);
    expect(stamps).toEqual(['1800000000', '1800000001', '1800000002']);
  });

  test('fails after the last retry, and reports which message', async () => {
    const { url } = await receiver(() => 500);
    const plan = planDeliveries(some).slice(0, 3);
    const summary: DeliverySummary = await deliver(plan, { url, secret: SECRET, retryDelaysMs: [1, 1] });
    expect(summary).toEqual({
      sent: 9,
      accepted: 0,
      retried: 6,
      failed: 3,
      outcomes: {},
      failures: expect.anything(),
    });
    expect(new Set(summary.failures)).toEqual(new Set(plan));
  });

  test('fails without a receiver', async () => {
    const attempts: Attempt[] = [];
    const onProgress = (attempt: Attempt) => attempts.push(attempt);
    const url = 'http://127.0.0.1:9/';
    await deliver(planDeliveries(some).slice(0, 1), { url, secret: SECRET, retryDelaysMs: [], onProgress });
    expect(attempts).toMatchObject([{ status: null, accepted: false, settled: 1, total: 1 }]);
  });

  test('repeats a message whose answer was lost', async () => {
    const { url, received } = await receiver();
    const plan = planDeliveries(some, { seed: 2, unheard: 1 }).slice(0, 2);
    const summary = await deliver(plan, { url, secret: SECRET, retryDelaysMs: [1, 1] });
    expect(summary.accepted).toBe(2);
    expect(received.length).toBeGreaterThan(2);
  });

  test('counts outcomes and reports progress to the end', async () => {
    const { url } = await receiver();
    const settled: number[] = [];
    const onProgress = (attempt: Attempt) => settled.push(attempt.settled);
    const summary = await deliver(planDeliveries(some), { url, secret: SECRET, onProgress });
    expect(summary.outcomes).toEqual({ applied: total });
    expect(settled).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  });

  test('stops on request', async () => {
    const stop = new AbortController();
    const { url } = await receiver(() => {
      stop.abort();
      return 503;
    });
    const summary = await deliver(planDeliveries(some), {
      url,
      secret: SECRET,
      concurrency: 1,
      retryDelaysMs: [60_000],
      signal: stop.signal,
    });
    expect(summary).toMatchObject({ accepted: 0, failed: total });
  });
});

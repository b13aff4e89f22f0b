/** Every answer of POST /webhooks/junction over HTTP, and what is kept behind it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localClientSettings } from '../../local/local-client.ts';
import { SCRIPTS, type Script } from '../../sandbox/catalogue.ts';
import { journey, journeys } from '../../sandbox/journeys.ts';
import type { Spelling } from '../../sandbox/spellings.ts';
import { appointment, enveloped, event, march, orderId, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import type { Answer, Call } from './http-call.ts';
import { type OwnEngine, startOwnEngine } from './own-engine.ts';
import { QueryClient } from './query-calls.ts';
import { callWebhook, nowInSeconds, type Signing, secretOf, signed } from './webhook-calls.ts';

const MIB = 1_048_576;
const [CURRENT, PREVIOUS, FOREIGN] = [secretOf(1), secretOf(2), secretOf(3)];
const BINARY = { 'content-type': 'application/octet-stream' };

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
let engine: OwnEngine;
let stack: StackProcess;
let client: QueryClient;
let database: DynamoDBDocumentClient;

beforeAll(async () => {
  engine = await startOwnEngine(join(place, 'database.sqlite'));
  stack = await startStack({
    environment: { WEBHOOK_SECRET: `${CURRENT},${PREVIOUS}`, DYNAMODB_ENDPOINT: engine.endpoint },
  });
  client = await QueryClient.open(stack.url);
  database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
});

afterAll(async () => {
  database?.destroy();
  await stack?.stop();
  await engine?.close();
  rmSync(place, { recursive: true, force: true });
});

const call = (options: Call) => callWebhook(stack.url, options);

/** Sends a body with a right signature. */
function post(body: Buffer | string | Json, signing: Partial<Signing> = {}, headers = {}): Promise<Answer> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return call({ body: raw, headers: { ...signed(raw, { secrets: [CURRENT], ...signing }), ...headers } });
}

async function outcome(...given: Parameters<typeof post>): Promise<unknown> {
  const { status, headers, json, text } = await post(...given);
  expect({ status, text }).toMatchObject({ status: 200 });
  expect(headers['content-type']).toBe('application/json');
  expect(Object.keys(json as object)).toEqual(['outcome']);
  return (json as { outcome: unknown }).outcome;
}

let made = 1000;
/** An order nobody has heard of yet. */
function newOrder(events: Json[] = [event(1, 'ordered', march(1))], fields: Json = {}): Json {
  made += 1;
  return walkIn(made, events, { created_at: march(1), updated_at: march(1), ...fields });
}

/** An RFC 9457 answer that says nothing of the inside. */
function expectProblem({ status, headers, json }: Answer, wanted: number, detail?: RegExp): void {
  expect(status).toBe(wanted);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(json).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/^[A-Z]/),
    status: wanted,
    detail: expect.stringMatching(detail ?? /\w/),
  });
}

/** What is kept of a body that was not understood; undefined if nothing is. */
async function quarantined(body: Buffer | string) {
  const id = createHash('sha256').update(body).digest('hex').slice(0, 40);
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: TableNames[0],
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `QUARANTINE#${id}` },
    }),
  );
  const head = Items.find(({ sk }) => sk === 'QUARANTINE');
  const parts = Items.filter(({ sk }) => String(sk).startsWith('PART#'));
  const raw = gunzipSync(Buffer.concat(parts.map((part) => part.body as Buffer)));
  return head && { reason: String(head.reason), raw, parts: parts.length };
}

async function expectQuarantined(body: Buffer | string, headers = {}): Promise<string> {
  expect(await outcome(body, {}, headers)).toBe('quarantined');
  const kept = await quarantined(body);
  expect(kept?.raw.equals(Buffer.from(body))).toBe(true);
  return kept?.reason ?? '';
}

const eventsOf = async (n: number) => {
  const { json } = await client.ask(`/v1/orders/${orderId(n)}`);
  return (json as { events: { status: string }[] }).events.map(({ status }) => status.split('.').at(-1));
};

describe('200', () => {
  const ordered = event(1, 'ordered', march(1));
  const requisition = event(2, 'requisition_created', march(2));
  const completed = event(3, 'completed', march(3));

  test('applied: new facts are stored', async () => {
    expect(await outcome(walkIn(1, [ordered]))).toBe('applied');
    expect(await outcome(walkIn(1, [ordered, requisition]))).toBe('applied');
    expect(await eventsOf(1)).toEqual(['ordered', 'requisition_created']);
  });

  test('duplicate: the same again, under whatever id', async () => {
    expect(await outcome(walkIn(2, [ordered]))).toBe('applied');
    expect(await outcome(walkIn(2, [ordered]))).toBe('duplicate');
    expect(await outcome(walkIn(2, [ordered]), { id: 'msg_replayed' })).toBe('duplicate');
  });

  test('superseded: late, and it tells nothing new', async () => {
    expect(await outcome(walkIn(3, [ordered, requisition]))).toBe('applied');
    expect(await outcome(walkIn(3, [ordered]))).toBe('superseded');
    expect(await eventsOf(3)).toEqual(['ordered', 'requisition_created']);
  });

  test('merged: late, and it tells of an event that nothing else told of', async () => {
    expect(await outcome(walkIn(4, [ordered, completed]))).toBe('applied');
    expect(await outcome(walkIn(4, [ordered, requisition]))).toBe('merged');
    expect(await outcome(walkIn(4, [ordered, requisition]))).toBe('superseded');
    expect(await eventsOf(4)).toEqual(['ordered', 'requisition_created', 'completed']);
  });

  test('ignored: a type of event that is not tracked, whatever it holds', async () => {
    expect(await outcome({ event_type: 'daily.data.sleep.created', data: { id: 7 } })).toBe('ignored');
    expect(await outcome({ event_type: 'labtest.order.eaten', data: null })).toBe('ignored');
  });

  test.each<[string, string | Buffer]>([
    ['not JSON', '<order id="7"/>'],
    ['half of a JSON', '{"event_type":"labtest.order.updated","data":{"id":'],
    ['nothing', ''],
    ['no object', '[1,2,3]'],
    ['null', 'null'],
    ['a text', '"labtest.order.updated"'],
    ['a JSON after a byte order mark', '\ufeff{}'],
    ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['an order without an id', JSON.stringify(enveloped({ ...walkIn(5, []), id: null }))],
    ['an order whose id is no UUID', JSON.stringify(walkIn(5, [], { id: '../../etc/passwd' }))],
    ['an event without a time', JSON.stringify(walkIn(5, [{ ...ordered, created_at: 'yesterday' }]))],
    ['an event without a status', JSON.stringify(walkIn(5, [{ ...ordered, status: 7 }]))],
    ['a list that is none', JSON.stringify({ ...walkIn(5, []), events: { length: 1 } })],
    ['a half surrogate pair', JSON.stringify(walkIn(5, [ordered], { user_id: '\ud83d' }))],
    ['more than an item holds', JSON.stringify(walkIn(5, manyEvents(9_000)))],
  ])('quarantined: %s', async (_, body) => {
    expect(await expectQuarantined(body)).toMatch(/\w/);
    // Once more it is the same, and kept once.
    expect(await expectQuarantined(body)).toMatch(/\w/);
  });

  test('quarantined: what was not understood leaves no trace elsewhere', async () => {
    expect((await client.ask(`/v1/orders/${orderId(5)}`)).status).toBe(404);
  });

  test('quarantined: as large as may be, and not to be compressed', async () => {
    const body = randomBytes((MIB * 3) / 4).toString('base64');
    expect(body.length).toBe(MIB);
    await expectQuarantined(body);
    expect((await quarantined(body))?.parts).toBeGreaterThan(1);
  });

  test('a body that would change the prototype of objects changes nothing', async () => {
    const poison =
      '"__proto__":{"status":"cancelled","id":"x"},"constructor":{"prototype":{"outcome":"ignored"}}';
    const poisoned = JSON.stringify(newOrder()).replace('{', `{${poison},`);
    expect(await outcome(poisoned)).toBe('applied');
    expect(await outcome(JSON.stringify(enveloped(newOrder())).replace('{', `{${poison},`))).toBe('applied');
    await expectQuarantined(`{${poison}}`);
    const typed = '{"event_type":"__proto__","data":{}}';
    expect(await outcome(typed)).toBe('ignored');
    expect(await outcome(newOrder([ordered]))).toBe('applied');
    const { json } = await client.ask(`/v1/orders/${orderId(made)}`);
    expect(json).toMatchObject({ status: 'received', low_level_status: 'ordered' });
  });
});

function manyEvents(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => event(index, 'partial_results', march(2)));
}

describe('what Junction sends', () => {
  test.each<[string, (order: Json) => Json]>([
    ['in the full envelope', (order) => enveloped(order)],
    ['with its event type alone', (data) => ({ event_type: 'labtest.order.created', data })],
    ['bare', (order) => order],
    ['as the product guide names it', (order) => enveloped(order, { event_type: 'order_status_updated' })],
  ])('is taken %s', async (_, form) => {
    const order = newOrder();
    expect(await outcome(form(order))).toBe('applied');
    expect(await outcome(form(order))).toBe('duplicate');
  });

  test('is known again in another form', async () => {
    const order = newOrder();
    expect(await outcome(enveloped(order))).toBe('applied');
    expect(await outcome({ event_type: 'labtest.order.updated', data: order })).toBe('duplicate');
  });

  test.each<Script>([...SCRIPTS])('is taken in every webhook of a journey %s', async (script) => {
    for (const { payload } of journey(script, 7, { spelling: 'documented' }).snapshots) {
      expect(await outcome(payload as Json)).toMatch(/^(applied|duplicate|ignored)$/);
    }
  });

  test.each<[string, Partial<Spelling>]>([
    ['a null transaction', { transaction: 'null' }],
    ['no transaction', { transaction: 'missing' }],
    ["the API's names in the transaction", { transaction: 'api_names' }],
    ['null statuses in the transaction', { transaction: 'null_statuses' }],
    ['a null status', { status: 'null' }],
    ['no status', { status: 'missing' }],
    ['no last event', { lastEvent: 'missing' }],
    ['no events', { events: 'missing' }],
    ['an old updated_at', { updatedAt: 'older' }],
    ['a constant updated_at', { updatedAt: 'constant' }],
    ['times without a zone', { time: { zone: 'none', separator: ' ', digits: 6 } }],
    ['times of elsewhere', { time: { zone: '+05:30', separator: 'T', digits: 3 } }],
    ['unknown words in open lists', { enums: 'unknown' }],
    ['a null origin', { origin: 'null' }],
    ['fields nobody documented', { fields: 'extra' }],
    ['missing results riding along', { missingResults: 'riding_along' }],
  ])('is taken with %s', async (_, spelling) => {
    for (const { payload } of journey('redraw_completed', 11, { spelling }).snapshots) {
      expect(await outcome(payload as Json)).toMatch(/^(applied|merged|superseded|duplicate)$/);
    }
  });

  test('is taken in a mix of all of that', async () => {
    const bodies = journeys(21, 40).flatMap(({ snapshots }) => snapshots.map(({ payload }) => payload));
    for (const body of bodies) expect(await outcome(body as Json)).not.toBe('quarantined');
  });

  test('appointments, critical results and match reviews are kept', async () => {
    made += 1;
    const visit = { event_type: 'labtest.appointment.updated', data: appointment(1, made) };
    expect(await outcome(visit)).toBe('applied');
    expect(await outcome(visit)).toBe('duplicate');
    const result = {
      order_id: orderId(made),
      status: 'final',
      updated_at: march(4),
      interpretation: 'critical',
    };
    const critical = { event_type: 'labtest.result.critical', data: result };
    expect(await outcome(critical)).toBe('applied');
    expect(await outcome(critical)).toBe('duplicate');
    const review = { event_type: 'labtest.match_review.created', data: { id: 'review-1', status: 'open' } };
    expect(await outcome(review)).toBe('applied');
    expect(await outcome(review)).toBe('duplicate');
    const { json } = await client.ask(`/v1/orders/${orderId(made)}`);
    expect(json).toMatchObject({
      low_level_status: null,
      appointments: [{ status: 'confirmed' }],
      critical_results: [{ status: 'final' }],
    });
  });
});

describe('signatures', () => {
  test('count under the names of Svix and of Standard Webhooks, in any case', async () => {
    for (const names of ['svix', 'webhook'] as const) {
      expect(await outcome(newOrder(), { names })).toBe('applied');
      const body = JSON.stringify(newOrder());
      const headers = signed(body, { secrets: [CURRENT], names });
      for (const respelled of [upperCase, titleCase]) {
        const answer = await call({ body, headers: respelled(headers) });
        expect(answer.status).toBe(200);
      }
    }
  });

  test('count under either of two secrets, while one is being replaced', async () => {
    expect(await outcome(newOrder(), { secrets: [PREVIOUS] })).toBe('applied');
    expect(await outcome(newOrder(), { secrets: [PREVIOUS, CURRENT] })).toBe('applied');
    expect(await outcome(newOrder(), { secrets: [FOREIGN, PREVIOUS] })).toBe('applied');
  });

  test('of several in the header one has to be right, whatever the others are', async () => {
    const body = JSON.stringify(newOrder());
    const headers = signed(body, { secrets: [CURRENT] });
    const wrong = `v1,${Buffer.alloc(32).toString('base64')} v1a,abcd v2,zzzz v1, x`;
    const answer = await call({
      body,
      headers: { ...headers, 'svix-signature': `${wrong} ${headers['svix-signature']}` },
    });
    expect(answer.status).toBe(200);
  });

  test('are of the bytes that came, also where API Gateway hands them on as base64', async () => {
    const order = newOrder([event(1, 'ordered', march(1))], { client_user_id: 'Zhào — 7️⃣' });
    expect(await outcome(order, {}, BINARY)).toBe('applied');
    expect(await outcome(order)).toBe('duplicate');
    const { json } = await client.ask(`/v1/orders/${orderId(made)}`);
    expect(json).toMatchObject({ client_user_id: 'Zhào — 7️⃣' });
    const spaced = JSON.stringify(newOrder(), null, 2);
    const headers = signed(spaced, { secrets: [CURRENT] });
    expectProblem(await call({ body: spaced.replaceAll('\n', ''), headers }), 401);
    expect((await call({ body: spaced, headers })).status).toBe(200);
  });

  test('need text: a body that is no UTF-8 has none that would be right', async () => {
    const invalid = Buffer.concat([
      Buffer.from('{"id":"'),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from('"}'),
    ]);
    for (const headers of [BINARY, {}]) expectProblem(await post(invalid, {}, headers), 401);
  });
});

const upperCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
const titleCase = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replaceAll(/\b[a-z]/g, (l) => l.toUpperCase()),
      value,
    ]),
  );

describe('400', () => {
  test.each(['id', 'timestamp', 'signature'])(
    'without the header svix-%s, or with an empty one',
    async (part) => {
      const body = JSON.stringify(newOrder());
      for (const names of ['svix', 'webhook'] as const) {
        const name = `${names}-${part}`;
        const { [name]: _, ...others } = signed(body, { secrets: [CURRENT], names });
        expectProblem(await call({ body, headers: others }), 400, new RegExp(part));
        expectProblem(await call({ body, headers: { ...others, [name]: '' } }), 400, new RegExp(part));
      }
      expectProblem(await call({ body, headers: {} }), 400);
    },
  );

  test.each(['soon', '12.5', '-1', '1e9', '0x5', ' ', `${'9'.repeat(40)}`, 'NaN', `${nowInSeconds()}s`])(
    'a timestamp that is no number of seconds: %j',
    async (timestamp) => {
      const body = JSON.stringify(newOrder());
      const headers = { ...signed(body, { secrets: [CURRENT] }), 'svix-timestamp': timestamp };
      expectProblem(await call({ body, headers }), 400, /timestamp/);
    },
  );

  test.each(['nothing', 'v1', 'v1,', 'v1;abc', ',abc'])(
    'a signature header of no known form: %j',
    async (text) => {
      const body = JSON.stringify(newOrder());
      const headers = { ...signed(body, { secrets: [CURRENT] }), 'svix-signature': text };
      expectProblem(await call({ body, headers }), 400, /signature/);
    },
  );

  test('a timestamp more than five minutes from now, though rightly signed', async () => {
    for (const distance of [-301, 302, -86_400, 86_400, -60_000_000]) {
      const timestamp = nowInSeconds() + distance;
      expectProblem(await post(newOrder(), { timestamp }), 400, /five minutes/);
    }
  });

  test('but not one of five minutes exactly, in either direction', async () => {
    for (const distance of [-300, 300]) {
      const { status } = await inOneSecond((now) => post(newOrder(), { timestamp: now + distance }));
      expect(status).toBe(200);
    }
  });
});

/** Tries until the answer came within the second in which it was asked for: so the clock is the same for both. */
async function inOneSecond(ask: (now: number) => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const now = nowInSeconds();
    const answer = await ask(now);
    if (nowInSeconds() === now) return answer;
  }
}

describe('401', () => {
  test('a signature by another secret', async () => {
    expectProblem(await post(newOrder(), { secrets: [FOREIGN] }), 401);
    expectProblem(await post(newOrder(), { secrets: [FOREIGN, secretOf(9)] }), 401);
  });

  test('a signature of something else', async () => {
    const body = JSON.stringify(newOrder());
    const headers = signed(body, { secrets: [CURRENT] });
    const later = String(nowInSeconds() + 1);
    expectProblem(await call({ body: `${body} `, headers }), 401);
    expectProblem(await call({ body, headers: { ...headers, 'svix-id': 'msg_other' } }), 401);
    expectProblem(await call({ body, headers: { ...headers, 'svix-timestamp': later } }), 401);
    expectProblem(await call({ body: '', headers }), 401);
  });

  test('and nothing of it is kept', async () => {
    const order = newOrder();
    await post(order, { secrets: [FOREIGN] });
    expect((await client.ask(`/v1/orders/${orderId(made)}`)).status).toBe(404);
    const garbage = 'unsigned garbage';
    expectProblem(await post(garbage, { secrets: [FOREIGN] }), 401);
    await expect(quarantined(garbage)).rejects.toThrow();
  });
});

describe('413', () => {
  const padded = (bytes: number) => {
    const order = JSON.stringify(newOrder());
    return order.replace('{', `{"padding":"${'é'.repeat((bytes - order.length - 14) / 2)}",`);
  };

  test('a body of one byte more than 1 MiB, and not one of 1 MiB', async () => {
    const order = padded(MIB - (JSON.stringify(newOrder()).length % 2));
    const exact = order + ' '.repeat(MIB - Buffer.byteLength(order));
    expect(Buffer.byteLength(exact)).toBe(MIB);
    expect(await outcome(exact)).toBe('applied');
    expectProblem(await post(`${exact} `), 413, /1 MiB/);
    expect(await outcome(exact, {}, BINARY)).toBe('duplicate');
    expectProblem(await post(`${exact} `, {}, BINARY), 413);
  });

  test("a body beyond API Gateway's own limits, in its own words", async () => {
    for (const mebibytes of [7, 11]) {
      const { status, json } = await post('x'.repeat(mebibytes * MIB));
      expect([status, json]).toEqual([413, { message: 'Request Entity Too Large' }]);
    }
  });
});

describe('405', () => {
  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])(
    '%s is not how webhooks come',
    async (method) => {
      const body = method === 'GET' || method === 'HEAD' ? undefined : JSON.stringify(newOrder());
      const answer = await call({ method, ...(body === undefined ? {} : { body }) });
      expect(answer.headers.allow).toBe('POST');
      if (method === 'HEAD') expect(answer.status).toBe(405);
      else expectProblem(answer, 405);
    },
  );
});

test('no answer is a redirect', async () => {
  for (const path of ['/webhooks/junction/', '//webhooks/junction', '/webhooks', '/Webhooks/Junction']) {
    const body = JSON.stringify(newOrder());
    const response = await fetch(stack.url + path, {
      method: 'POST',
      body,
      headers: signed(body, { secrets: [CURRENT] }),
      redirect: 'manual',
    });
    expect([path, response.status, await response.json()]).toEqual([path, 404, { message: 'Not Found' }]);
  }
});

describe('503', () => {
  test('while the store is away; afterwards the same webhook is taken', async () => {
    const [order, garbage] = [newOrder(), 'not JSON, kept when there is where to keep it'];
    await engine.stop();
    for (const body of [order, garbage]) {
      const answer = await post(body);
      expectProblem(answer, 503);
      expect(answer.text).not.toMatch(/ECONN|127\.0\.0|dynamo|socket|stack/i);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    // What needs no store needs no store.
    expectProblem(await post(order, { secrets: [FOREIGN] }), 401);
    expect(await outcome({ event_type: 'daily.data.sleep.created', data: {} })).toBe('ignored');
    await engine.restart();
    expect(await outcome(order)).toBe('applied');
    expect(await outcome(garbage)).toBe('quarantined');
    expect(await eventsOf(made)).toEqual(['ordered']);
    // The projection too goes on where it was.
    const stands = () => client.ask(`/v1/transactions/${orderId(made)}`);
    await expect.poll(async () => (await stands()).status, { timeout: 20_000 }).toBe(200);
  });
});

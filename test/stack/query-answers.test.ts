/** Every answer of the query API over HTTP: who may ask, for what, and what it looks like. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver, planDeliveries, type Delivery as Sent } from '../../sandbox/delivery.ts';
import { type Journey, journey, journeys } from '../../sandbox/journeys.ts';
import { event, listed, march, orderId, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import type { Json } from '../oracle/spelling.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { type Answer, call } from './http-call.ts';
import { faults } from './journey-verdict.ts';
import { ALL_SCOPES, QueryClient, type TransactionAnswer, token } from './query-calls.ts';
import { callWebhook, secretOf, signed } from './webhook-calls.ts';

const SECRET = secretOf(1);
const NOBODY = '00000000-0000-4000-8000-000000000000';
const REDRAW = transactionId(1);
const ACKNOWLEDGEMENT = (id: string) => `/v1/redraws/${id}/acknowledgement`;

let stack: StackProcess;
let client: QueryClient;
/** As listed, newest first. */
let all: TransactionAnswer[] = [];

const ordered = event(1, 'ordered', march(1));
const available = event(2, 'redraw_available', march(3));
const initial = walkIn(1, [ordered, available], {
  order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(3))]),
});

beforeAll(async () => {
  stack = await startStack({ environment: { WEBHOOK_SECRET: SECRET } });
  client = await QueryClient.open(stack.url);
  // Many were created at the same moment: the list must not skip any of these, nor show one twice.
  const told = [...journeys(3, 120), ...together(60), journey('redraw_completed_with_missing_results', 5)];
  const plan = planDeliveries(told);
  const { failures } = await deliver(plan, {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
    concurrency: 16,
  });
  expect(failures).toEqual([]);
  // The projection has caught up when all is as it has to be.
  expect(await faults(client, told, receivedBy(plan))).toEqual([]);
  await hear(initial);
  while ((await client.ask(`/v1/transactions/${REDRAW}`)).status !== 200) await sleep(20);
  all = await client.allTransactions();
}, 90_000);

afterAll(() => stack?.stop());

function together(count: number): Journey[] {
  const startAt = new Date('2025-04-01T00:00:00Z');
  const some = journeys(4, count, { startAt, scripts: ['walk_in_waiting'], spelling: 'documented' });
  return some.map((one) => ({ ...one, name: `together/${one.name}` }));
}

function receivedBy(plan: readonly Sent[]): Map<string, Delivery[]> {
  const received = new Map<string, Delivery[]>();
  const receivedAt = new Date().toISOString();
  for (const { journey: name, body } of plan) {
    received.set(name, [...(received.get(name) ?? []), { body, receivedAt }]);
  }
  return received;
}

async function hear(body: Json): Promise<void> {
  const text = JSON.stringify(body);
  const { status } = await callWebhook(stack.url, {
    body: text,
    headers: signed(text, { secrets: [SECRET] }),
  });
  expect(status).toBe(200);
}

function expectProblem({ status, headers, json }: Answer, wanted: number): void {
  expect({ status, json }).toEqual({
    status: wanted,
    json: {
      type: 'about:blank',
      title: expect.stringMatching(/^[A-Z]/),
      status: wanted,
      detail: expect.stringMatching(/\w/),
    },
  });
  expect(headers['content-type']).toBe('application/problem+json');
}

/** The routes, how to call each, and the scope it takes. */
const ROUTES: [method: string, path: string, scope: string][] = [
  ['GET', '/v1/transactions', 'transactions/read'],
  ['GET', `/v1/transactions/${REDRAW}`, 'transactions/read'],
  ['GET', `/v1/orders/${orderId(1)}`, 'transactions/read'],
  ['GET', '/v1/redraws', 'transactions/read'],
  ['PUT', ACKNOWLEDGEMENT(REDRAW), 'redraws/write'],
];

describe.each(ROUTES)('%s %s', (method, path, scope) => {
  test('401 without a valid token', async () => {
    const right = await token(stack.url);
    const [head, claims, signature = ''] = right.split('.');
    const forged = Buffer.from('{"scope":"transactions/read redraws/write"}').toString('base64url');
    const wrong = [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      `Bearer ${head}.${claims}.${signature.slice(0, -4)}AAAA`,
      `Bearer ${head}.${forged}.${signature}`,
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`,
      `Basic ${Buffer.from('local:local').toString('base64')}`,
    ];
    for (const authorization of wrong) {
      const headers = authorization === undefined ? {} : { authorization };
      const { status, json } = await call(stack.url + path, { method, headers });
      expect([authorization, status, json]).toEqual([authorization, 401, { message: 'Unauthorized' }]);
    }
  });

  test(`403 without the scope ${scope}`, async () => {
    const others = ALL_SCOPES.split(' ').filter((other) => other !== scope);
    const poor = new QueryClient(stack.url, await token(stack.url, others.join(' ')));
    const { status, json } = await poor.ask(path, { method, body: '{"by":"ops"}' });
    expect([status, json]).toEqual([403, { message: 'Forbidden' }]);
    const rich = new QueryClient(stack.url, await token(stack.url, scope));
    expect((await rich.ask(path, { method, body: '{}' })).status).not.toBe(403);
  });
});

test('404 for routes that are not there', async () => {
  for (const path of ['/', '/v1', '/v1/transaction', '/v1/transactions/', '/v2/transactions', '/v1/orders']) {
    expect([path, (await client.ask(path)).status]).toEqual([path, 404]);
  }
  for (const method of ['POST', 'DELETE', 'PATCH', 'PUT']) {
    expect((await client.ask('/v1/transactions', { method })).status).toBe(404);
  }
});

describe('by id', () => {
  const ids = { transactions: REDRAW, orders: orderId(1) };

  test.each(['transactions', 'orders'] as const)('%s: in any case of letters', async (kind) => {
    const lower = await client.ask(`/v1/${kind}/${ids[kind]}`);
    const upper = await client.ask(`/v1/${kind}/${ids[kind].toUpperCase()}`);
    expect(lower.status).toBe(200);
    expect(upper.text).toBe(lower.text);
  });

  test.each(['transactions', 'orders'] as const)('%s: 404 for an unknown id, 400 for none', async (kind) => {
    expectProblem(await client.ask(`/v1/${kind}/${NOBODY}`), 404);
    const wrong = [
      'x',
      `${NOBODY}0`,
      NOBODY.slice(1),
      `${NOBODY}%20`,
      '%00',
      '..%2F..',
      `TX%23${NOBODY}`,
      '__proto__',
    ];
    for (const id of wrong) expectProblem(await client.ask(`/v1/${kind}/${id}`), 400);
    expectProblem(await client.ask(`/v1/${kind}/${ids[kind]}?verbose=1`), 400);
  });

  test('an id of one kind is not found as another', async () => {
    expectProblem(await client.ask(`/v1/orders/${REDRAW}`), 404);
    expectProblem(await client.ask(`/v1/transactions/${orderId(1)}`), 404);
  });
});

describe('the shape of', () => {
  const keysOf = (value: unknown) => Object.keys(value as object).sort();

  test('a transaction', async () => {
    const { json, headers } = await client.ask(`/v1/transactions/${REDRAW}`);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['cache-control']).toBe('no-store');
    expect(json).toEqual({
      id: REDRAW,
      status: 'active',
      outcome: 'redraw_expected',
      rule: 'R/none',
      rule_source: 'reported',
      reported_status: 'active',
      diverges: false,
      team_id: initial.team_id,
      user_id: initial.user_id,
      client_user_id: null,
      created_at: march(1),
      updated_at: march(3),
      revision: expect.any(Number),
      orders: [
        {
          id: orderId(1),
          origin: 'initial',
          parent_id: null,
          modality: 'walk_in_test',
          status: 'collecting_sample',
          low_level_status: 'redraw_available',
          low_level_status_created_at: march(3),
          created_at: march(1),
          has_missing_results: null,
        },
      ],
      redraw: {
        state: 'expected',
        order_id: null,
        available_at: march(3),
        stage: expect.any(String),
        due_at: march(3, '09:00:00'),
        stale_since: null,
        acknowledgement: null,
        missing_results: [],
      },
      anomalies: [],
    });
  });

  test('an order', async () => {
    const { json } = await client.ask(`/v1/orders/${orderId(1)}`);
    expect(json).toEqual({
      id: orderId(1),
      order_transaction_id: REDRAW,
      origin: 'initial',
      parent_id: null,
      modality: 'walk_in_test',
      status: 'collecting_sample',
      low_level_status: 'redraw_available',
      low_level_status_created_at: march(3),
      user_id: initial.user_id,
      client_user_id: null,
      team_id: initial.team_id,
      lab_test: { id: expect.any(String), name: 'Lipids', slug: 'lipids' },
      has_missing_results: null,
      expected_result_by_date: null,
      worst_case_result_by_date: null,
      created_at: march(1),
      updated_at: march(1),
      events: [
        { id: 1, created_at: march(1), status: 'received.walk_in_test.ordered' },
        { id: 2, created_at: march(3), status: 'collecting_sample.walk_in_test.redraw_available' },
      ],
      appointments: [],
      critical_results: [],
      registered_at: null,
    });
  });

  test('every transaction is the same, whatever it went through', async () => {
    const model = await client.ask(`/v1/transactions/${REDRAW}`);
    const sample = model.json as { orders: object[]; redraw: object };
    for (const one of all) {
      expect(keysOf(one)).toEqual(keysOf(sample));
      for (const order of one.orders) expect(keysOf(order)).toEqual(keysOf(sample.orders[0]));
      if (one.redraw) expect(keysOf(one.redraw)).toEqual(keysOf(sample.redraw));
      expect(one.orders.map(creation)).toEqual(one.orders.map(creation).sort());
      const { json } = await client.ask(`/v1/transactions/${one.id}`);
      expect(json).toEqual(one);
    }
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['active', 'completed', 'cancelled']));
    expect(all.some(({ redraw }) => redraw !== null)).toBe(true);
  });

  test('every order is the same, with appointments and without', async () => {
    const model = keysOf((await client.ask(`/v1/orders/${orderId(1)}`)).json);
    let appointments = 0;
    for (const id of all.slice(0, 80).flatMap(({ orders }) => orders.map((order) => order.id))) {
      const { json } = await client.ask(`/v1/orders/${id}`);
      expect(keysOf(json)).toEqual(model);
      for (const booked of (json as { appointments: object[] }).appointments) {
        appointments += 1;
        const keys = ['end_at', 'event_status', 'iana_timezone', 'id', 'provider', 'start_at', 'status'];
        expect(keysOf(booked)).toEqual(keys);
      }
    }
    expect(appointments).toBeGreaterThan(0);
  });
});

const creation = (order: object) => (order as { created_at: string | null }).created_at ?? '9';
/** Newest first; those created together by id. */
const place = ({ created_at, id }: TransactionAnswer) => `${created_at}#${id}`;

describe('lists', () => {
  test('show every transaction once, newest first, in pages of any size', async () => {
    expect(all.length).toBeGreaterThan(170);
    const expected = all.map(place);
    expect(expected).toEqual([...expected].sort().reverse());
    expect(new Set(expected).size).toBe(expected.length);
    for (const limit of [2, 7, 25, 59, 60, 61, 99, 100]) {
      const pages = await client.pages('/v1/transactions', { limit: String(limit) });
      expect(pages.flat().map(place)).toEqual(expected);
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }
    const byDefault = await client.pages('/v1/transactions');
    expect(byDefault[0]).toHaveLength(25);
  });

  test.each(['active', 'completed', 'cancelled'])('can be of status %s', async (status) => {
    const expected = all.filter((one) => one.status === status).map(place);
    expect(expected.length).toBeGreaterThan(0);
    for (const limit of ['1', '13', '100']) {
      const pages = await client.pages('/v1/transactions', { status, limit });
      expect(pages.flat().map(place)).toEqual(expected);
    }
  });

  test.each<[string, string]>([
    ['an unknown parameter', 'colour=red'],
    ['an unknown status', 'status=pending'],
    ['a status in capitals', 'status=ACTIVE'],
    ['no status', 'status='],
    ['two statuses', 'status=active&status=completed'],
    ['the same twice', 'limit=5&limit=5'],
    ['a limit of 0', 'limit=0'],
    ['a limit of 101', 'limit=101'],
    ['a negative limit', 'limit=-1'],
    ['half a limit', 'limit=1.5'],
    ['a limit that is no number', 'limit=all'],
    ['a limit in another notation', 'limit=1e1'],
    ['an empty limit', 'limit='],
    ['an empty cursor', 'cursor='],
    ['a cursor of our own making', `cursor=${Buffer.from('2025-01-01#x').toString('base64url')}`],
    ['a cursor of impossible length', `cursor=${'a'.repeat(2000)}`],
  ])('400 for %s', async (_, query) => {
    for (const path of ['/v1/transactions', '/v1/redraws']) {
      expectProblem(await client.ask(`${path}?${query}`), 400);
    }
  });

  test('400 for a cursor that was altered, cut or given to another list', async () => {
    const cursorOf = async (path: string) =>
      ((await client.ask(path)).json as { next_cursor: string }).next_cursor;
    const cursor = await cursorOf('/v1/transactions?status=active&limit=3');
    const path = '/v1/transactions?status=active&cursor=';
    expect((await client.ask(path + cursor)).status).toBe(200);
    // The limit is not part of the list.
    expect((await client.ask(`${path}${cursor}&limit=50`)).status).toBe(200);
    for (let index = 0; index < cursor.length; index += 5) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const altered = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expectProblem(await client.ask(path + altered), 400);
    }
    for (const altered of [
      cursor.slice(0, -1),
      cursor.slice(1),
      `${cursor}A`,
      `${cursor}%3D`,
      cursor + cursor,
    ]) {
      expectProblem(await client.ask(path + altered), 400);
    }
    for (const list of ['/v1/transactions?', '/v1/transactions?status=completed&', '/v1/redraws?']) {
      expectProblem(await client.ask(`${list}cursor=${cursor}`), 400);
    }
    const ofRedraws = await cursorOf('/v1/redraws?state=open&limit=1');
    expect((await client.ask(`/v1/redraws?cursor=${ofRedraws}`)).status).toBe(200);
    expectProblem(await client.ask(`/v1/redraws?state=stale&cursor=${ofRedraws}`), 400);
  });
});

describe('redraws', () => {
  const dueTimes = (listedRedraws: TransactionAnswer[]) =>
    listedRedraws.map(({ redraw, id }) => `${redraw?.due_at}#${id}`);
  const isOpen = ({ redraw }: TransactionAnswer) =>
    redraw !== null && ['expected', 'in_progress', 'stale'].includes(redraw.state);
  const put = (id: string, body: unknown) =>
    client.ask(ACKNOWLEDGEMENT(id), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('that are open stand in the list once each, the most overdue first, in pages of any size', async () => {
    const open = all.filter((one) => one.status === 'active' && isOpen(one));
    expect(open.length).toBeGreaterThan(5);
    for (const limit of ['1', '4', '100']) {
      const found = (await client.pages('/v1/redraws', { limit })).flat();
      expect(dueTimes(found)).toEqual(dueTimes(open).sort());
    }
    const { json } = await client.ask('/v1/redraws?state=open&limit=100');
    expect((json as { transactions: object[] }).transactions).toHaveLength(open.length);
    expect(open.find(({ id }) => id === REDRAW)).toEqual(
      (json as { transactions: TransactionAnswer[] }).transactions.find(({ id }) => id === REDRAW),
    );
  });

  test('can be acknowledged, which said twice is said once', async () => {
    const first = await put(REDRAW, { by: 'Dr. Okafor', note: 'called the lab' });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({
      id: REDRAW,
      redraw: {
        state: 'expected',
        acknowledgement: { by: 'Dr. Okafor', note: 'called the lab', at: expect.stringMatching(/Z$/) },
      },
    });
    const again = await put(REDRAW.toUpperCase(), { by: 'Dr. Okafor', note: 'called the lab' });
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect((await client.ask(`/v1/transactions/${REDRAW}`)).json).toEqual(first.json);
    const other = await put(REDRAW, { by: 'Sam' });
    expect(other.json).toMatchObject({ redraw: { acknowledgement: { by: 'Sam', note: null } } });
  });

  test('409 where none is open, 404 for an unknown transaction, 400 for no id', async () => {
    const closed = all.find((one) => !isOpen(one));
    expectProblem(await put(closed?.id ?? '', { by: 'ops' }), 409);
    expectProblem(await put(NOBODY, { by: 'ops' }), 404);
    expectProblem(await put('nobody', { by: 'ops' }), 400);
  });

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', 'by=ops'],
    ['no object', ['ops']],
    ['nobody', {}],
    ['an empty name', { by: '' }],
    ['a blank name', { by: '   ' }],
    ['a name that is none', { by: 7 }],
    ['a name too long', { by: 'x'.repeat(129) }],
    ['a note too long', { by: 'ops', note: 'x'.repeat(1001) }],
    ['a note that is none', { by: 'ops', note: {} }],
    ['more than it takes', { by: 'ops', at: march(1) }],
    ['a name that cannot be stored', '{"by":"\\ud83d"}'],
  ])('400 for a body of %s', async (_, body) => {
    expectProblem(await put(REDRAW, body), 400);
  });

  test('that nobody acted on become stale by the sweep, and progress clears that and the acknowledgement', async () => {
    const sweep = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
      method: 'POST',
      body: JSON.stringify({ time: '2025-01-01T00:00:00Z' }),
    });
    expect(sweep.json).toEqual({ due: 0, flagged: 0, healed: 0, skipped: 0 });
    expect((await client.pages('/v1/redraws', { state: 'stale' })).flat()).toEqual([]);
    const now = march(20);
    const flagging = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
      method: 'POST',
      body: JSON.stringify({ time: now }),
    });
    const stale = (await client.pages('/v1/redraws', { state: 'stale', limit: '3' })).flat();
    expect(flagging.json).toMatchObject({ flagged: stale.length, skipped: 0 });
    expect(dueTimes(stale)).toEqual(dueTimes(stale).sort());
    for (const { redraw } of stale) expect(redraw).toMatchObject({ state: 'stale', stale_since: now });
    expect(stale.map(({ id }) => id)).toContain(REDRAW);

    await hear(
      walkIn(2, [event(9, 'ordered', march(21))], {
        origin: 'redraw',
        parent_id: orderId(1),
        created_at: march(21),
        order_transaction: transaction(1, 'active', [
          listed(1, 'redraw_available', march(3)),
          listed(2, 'ordered', march(21), { origin: 'redraw', parent_id: orderId(1) }),
        ]),
      }),
    );
    const moved = async () => (await client.ask(`/v1/transactions/${REDRAW}`)).json;
    await expect
      .poll(moved, { timeout: 20_000 })
      .toMatchObject({ redraw: { state: 'in_progress', order_id: orderId(2) } });
    expect(await moved()).toMatchObject({
      outcome: 'redraw_in_progress',
      rule: 'R/P',
      redraw: { stale_since: null, acknowledgement: null },
    });
  });
});

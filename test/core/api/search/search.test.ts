/** The search: the ids by which it finds transactions, and those by which it does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const USER = 'ABCDEF00-0000-4000-8000-00000000000a'.toLowerCase();

/** Order `n`, placed on that day of March, by default in the transaction with the same number. */
function order(n: number, fields: Json = {}, day = 1): Json {
  const created_at = march(day, `08:00:${String(n % 60).padStart(2, '0')}`);
  return walkIn(n, [event(n, 'ordered', created_at)], {
    created_at,
    updated_at: created_at,
    order_transaction: transaction(n, null, [listed(n, 'ordered', created_at, { created_at })]),
    ...fields,
  });
}

interface Answer {
  readonly match_kind: 'whole' | 'start' | null;
  readonly hint: string | null;
  readonly transactions: { readonly id: string }[];
  readonly matched: { readonly transaction_id: string; readonly by: string }[];
  readonly more: boolean;
}

async function ask(q: string, on = api): Promise<Answer> {
  const { status, json, text } = await on.get(`/v1/search?q=${encodeURIComponent(q)}`);
  expect(status, text).toBe(200);
  expect(api.faults).toEqual([]);
  return json as unknown as Answer;
}

/** The transactions found, each with the ids that matched. */
async function found(q: string, on = api): Promise<string[]> {
  const { transactions, matched } = await ask(q, on);
  const ids = transactions.map(({ id }) => id);
  expect([...new Set(matched.map(({ transaction_id }) => transaction_id))]).toEqual(ids);
  return matched.map(({ transaction_id, by }) => `${transaction_id} ${by}`);
}

const NONE = { transactions: [], matched: [], more: false, match_kind: null };

describe('a transaction is found', () => {
  beforeAll(async () => {
    const entries = [listed(1, 'redraw_available', march(2)), listed(2, 'ordered', march(3))];
    await api.deliver(
      order(1, { user_id: USER, client_user_id: 'Clinic-7/Ünï 1234' }),
      order(2, { user_id: USER, origin: 'redraw', order_transaction: transaction(1, null, entries) }),
    );
  });
  const T1 = transactionId(1);

  test('by its own id, and by those of its orders, including the redraw', async () => {
    expect(await found(T1)).toEqual([`${T1} transaction_id`]);
    expect(await found(orderId(1))).toEqual([`${T1} order_id`]);
    expect(await found(orderId(2))).toEqual([`${T1} order_id`]);
  });

  test('by its user and by its client user id', async () => {
    expect(await found(USER)).toEqual([`${T1} user_id`]);
    expect(await found('Clinic-7/Ünï 1234')).toEqual([`${T1} client_user_id`]);
  });

  test('case-insensitively, and with spaces around the id', async () => {
    for (const q of [T1.toUpperCase(), `  ${T1}\t\n`])
      expect(await found(q)).toEqual([`${T1} transaction_id`]);
    expect(await found(` ${orderId(1).toUpperCase()}`)).toEqual([`${T1} order_id`]);
    expect(await found(USER.toUpperCase())).toEqual([`${T1} user_id`]);
    for (const q of ['clinic-7/ünï 1234', ' CLINIC-7/ÜNÏ 1234 '])
      expect(await found(q)).toEqual([`${T1} client_user_id`]);
  });

  test('in the form of every other route', async () => {
    const { transactions } = await ask('clinic-7/ünï 1234');
    expect(transactions).toEqual([(await api.get(`/v1/transactions/${T1}`)).json]);
  });

  test('not by the end of an id, a pattern, or text that resembles a key', async () => {
    const others = [
      'Clinic-7/Ünï 12345',
      'clinic-7/uni 1234',
      '%',
      '*',
      '.*',
      `${T1}0`,
      T1.slice(1),
      `TX#${T1}`,
      `ORDER#${orderId(1)}`,
      `USER#${USER}`,
      'CLIENT#clinic-7/ünï 1234',
      'STATUS#active#1',
      "' OR '1'='1",
      '{"S":"x"}',
      ':pk',
      '#pk',
      'a\u0000b',
      '__proto__',
      'constructor',
      '👩‍⚕️',
      'x'.repeat(256),
      orderId(99),
      transactionId(99),
    ];
    for (const q of others) expect(await ask(q), q).toMatchObject(NONE);
  });

  test('under the id of its order while that names no transaction', async () => {
    await api.deliver(order(3, { order_transaction: null, client_user_id: 'alone' }));
    const id = orderId(3);
    expect(await found(id)).toEqual([`${id} order_id`, `${id} transaction_id`]);
    expect(await found('ALONE')).toEqual([`${id} client_user_id`]);
    await api.deliver(order(3, { client_user_id: 'alone', updated_at: march(9) }, 2));
    expect(await found(id)).toEqual([`${transactionId(3)} order_id`]);
    expect(await found('alone')).toEqual([`${transactionId(3)} client_user_id`]);
  });

  test('when its order was registered and Junction has not reported it', async () => {
    const registering = { order_transaction_id: transactionId(4), client_user_id: 'registered' };
    expect((await api.put(`/v1/orders/${orderId(4)}`, registering)).status).toBe(200);
    await api.settle();
    for (const [q, by] of [
      [orderId(4), 'order_id'],
      ['registered', 'client_user_id'],
    ] as const) {
      expect(await found(q)).toEqual([`${transactionId(4)} ${by}`]);
    }
  });

  test('once if several of its ids are equal', async () => {
    const [placed, alone] = [transactionId(5), orderId(7)];
    await api.deliver(
      order(5, { user_id: placed, client_user_id: placed.toUpperCase() }),
      order(7, { client_user_id: alone.toUpperCase(), order_transaction: null }),
    );
    expect(await found(placed)).toEqual(
      ['transaction_id', 'user_id', 'client_user_id'].map((by) => `${placed} ${by}`),
    );
    expect(await found(alone)).toEqual(
      ['order_id', 'transaction_id', 'client_user_id'].map((by) => `${alone} ${by}`),
    );
  });

  test('no longer by an id that it no longer has', async () => {
    await api.deliver(order(6, { user_id: 'before' }));
    expect(await found('before')).toHaveLength(1);
    await api.deliver(order(6, { user_id: 'after', updated_at: march(9) }, 2));
    expect([await found('before'), await found('after')]).toEqual([[], [`${transactionId(6)} user_id`]]);
  });
});

describe('by the beginning of an id', () => {
  const full = (start: string) => `${start}-0000-4000-8000-000000000001`;
  const [T, O, U, CLIENT] = [full('aaaa1111'), full('bbbb2222'), full('cccc3333'), 'Patient#1042-k'];
  beforeAll(async () => {
    const placed = { id: T, status: null, orders: [] };
    await api.deliver(
      order(50, { id: O, order_transaction: placed, user_id: U, client_user_id: CLIENT, team_id: 'ours' }),
    );
  });

  test.each([
    ['aaaa1111', 'transaction_id'],
    ['AAAA1111-0000-4', 'transaction_id'],
    ['bbbb2222…', 'order_id'],
    ['bbbb2222-', 'order_id'],
    ['CCCC3333', 'user_id'],
    ['patient#', 'client_user_id'],
    ['Patient#1042-', 'client_user_id'],
  ])('"%s" finds the transaction by its %s', async (q, by) => {
    expect(await ask(q)).toMatchObject({
      matched: [{ transaction_id: T, by }],
      match_kind: 'start',
      hint: null,
    });
  });

  test('a complete id is not treated as a prefix', async () => {
    await api.deliver(order(51, { client_user_id: 'Patient#1042-k#2' }));
    expect(await found(CLIENT)).toEqual([`${T} client_user_id`]);
    expect(await found('Patient#1042-k#')).toEqual([`${transactionId(51)} client_user_id`]);
    expect((await ask(CLIENT)).match_kind).toBe('whole');
  });

  test('of more than ten orders or transactions finds ten, and says that there are more', async () => {
    const id = (n: number, start: string) => `${start}-0000-4000-8000-0000000000${n}`;
    const placed = (n: number) =>
      order(n, {
        id: id(n, 'eeee5555'),
        order_transaction: { id: id(n, 'ffff6666'), status: null, orders: [] },
        user_id: `of ${n}`,
      });
    for (let n = 60; n < 70; n += 1) await api.take(placed(n));
    await api.settle();
    for (const start of ['eeee5555', 'ffff6666']) {
      const { transactions, more } = await ask(start);
      expect([transactions.length, more], start).toEqual([10, false]);
    }
    await api.deliver(placed(70));
    for (const start of ['eeee5555', 'ffff6666']) {
      const { transactions, more } = await ask(start);
      expect([transactions.length, more], start).toEqual([10, true]);
    }
  });

  test('takes at least eight characters, and says so', async () => {
    for (const q of ['aaaa111', 'patient', 'aaaa111…']) {
      expect(await ask(q), q).toMatchObject({ ...NONE, hint: expect.stringMatching(/at least 8 char/) });
    }
  });

  test('finds nothing of another team', async () => {
    const theirs = api.as({ teamId: 'theirs' });
    for (const q of ['aaaa1111', 'bbbb2222', 'cccc3333', 'patient#1']) {
      expect(await ask(q, theirs), q).toMatchObject(NONE);
    }
  });
});

describe('many matches', () => {
  const newest = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => transactionId(to - index));

  test('are the newest 25, newest first, with a note if there are more', async () => {
    for (let n = 100; n < 125; n += 1) await api.take(order(n, { user_id: 'many' }, 1 + (n % 100)));
    await api.settle();
    const exactly = await ask('many');
    expect([exactly.transactions.map(({ id }) => id), exactly.more]).toEqual([newest(100, 124), false]);
    await api.deliver(order(125, { user_id: 'many' }, 30));
    const more = await ask('many');
    expect([more.transactions.map(({ id }) => id), more.more]).toEqual([newest(101, 125), true]);
    expect(more.matched).toHaveLength(25);
  });

  test('of different kinds form one list', async () => {
    for (let n = 200; n < 220; n += 1) {
      await api.take(order(n, n % 2 ? { user_id: 'both' } : { client_user_id: 'BOTH' }, n - 190));
    }
    await api.settle();
    expect((await ask('both')).transactions.map(({ id }) => id)).toEqual(newest(200, 219));
    for (let n = 220; n < 230; n += 1) await api.take(order(n, { client_user_id: 'both' }, 30));
    await api.settle();
    const { transactions, more } = await ask('both');
    expect([transactions.map(({ id }) => id), more]).toEqual([newest(205, 229), true]);
  });
});

describe('with one team configured', () => {
  test('transactions of other teams are not found and do not hide ours', async () => {
    await api.deliver(order(300, { team_id: 'ours', client_user_id: 'shared', user_id: 'both teams' }));
    for (let n = 301; n < 340; n += 1) {
      await api.take(order(n, { team_id: 'theirs', client_user_id: 'shared', user_id: 'both teams' }, 20));
    }
    await api.settle();
    const ours = api.as({ teamId: 'ours' });
    for (const q of [orderId(301), transactionId(301)]) expect(await ask(q, ours), q).toMatchObject(NONE);
    expect(await ask('shared', ours)).toMatchObject({
      transactions: [{ id: transactionId(300) }],
      more: false,
    });
    expect(await found('both teams', ours)).toEqual([`${transactionId(300)} user_id`]);
    expect((await ask('shared')).more).toBe(true);
  });
});

test.each([
  ['', 'The parameter q is invalid: it is missing.'],
  ['?q=', 'The parameter q is invalid: its length must be at least 1.'],
  ['?q=%20%09', 'The parameter q is invalid: its length must be at least 1.'],
  [`?q=${'x'.repeat(257)}`, 'The parameter q is invalid: its length must be at most 256.'],
  ['?q=x&limit=3', 'This route does not support the parameter "limit".'],
])('"%s" is refused', async (query, detail) => {
  expect(await api.get(`/v1/search${query}`)).toMatchObject({ status: 400, json: { detail } });
});

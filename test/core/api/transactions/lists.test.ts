import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeListedClaim } from '../../../../core/store/orders/orders.ts';
import { event, listed, march, orderId, transaction, transactionId, walkIn } from '../../../oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const clock = (minute: number) => `08:${String(minute).padStart(2, '0')}:00`;

/** A transaction of order `n`, created `n` minutes after eight, of a user. */
const order = (n: number, low: string, user: string, minute = n % 60) => {
  const created_at = march(1, clock(minute));
  const moved = march(2, clock(minute));
  const entry = listed(n, low, moved, { created_at, updated_at: created_at });
  return walkIn(n, [event(1, 'ordered', created_at), event(2, low, moved)], {
    created_at,
    updated_at: created_at,
    user_id: user,
    order_transaction: transaction(n, null, [entry]),
  });
};

interface Page {
  readonly transactions: { id: string; status: string; team_id: string | null }[];
  readonly next_cursor: string | null;
}

async function page(url: string): Promise<Page> {
  const { status, json, text } = await api.get(url);
  expect(status, text).toBe(200);
  return json as unknown as Page;
}

async function walk(url: string, between: (seen: number) => Promise<void> = async () => undefined) {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { transactions, next_cursor }: Page = await page(cursor === null ? url : `${url}&cursor=${cursor}`);
    ids.push(...transactions.map(({ id }) => id));
    cursor = next_cursor;
    if (cursor !== null) await between(ids.length);
  } while (cursor !== null);
  return ids;
}

const newestFirst = (ns: readonly number[]) => ns.toSorted((a, b) => b - a).map(transactionId);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('the list of a user', () => {
  test('has the transactions of that user only, newest first, in pages of any size', async () => {
    const user = 'user/with ünusual "id"%2F';
    for (const n of range(1, 9)) await api.take(order(n, 'ordered', user));
    for (const n of range(10, 14)) await api.take(order(n, 'ordered', 'another'));
    await api.settle();
    const url = `/v1/users/${encodeURIComponent(user)}/transactions`;
    for (const limit of [1, 2, 4, 9, 100]) {
      expect(await walk(`${url}?limit=${limit}`)).toEqual(newestFirst(range(1, 9)));
    }
  });

  test('no longer has a transaction whose user has changed, and neither has its index', async () => {
    await api.deliver(order(15, 'ordered', 'before'));
    expect(await walk('/v1/users/before/transactions?limit=5')).toEqual([transactionId(15)]);
    await api.deliver({ ...order(15, 'requisition_created', 'after', 15), updated_at: march(3) });
    expect(await walk('/v1/users/after/transactions?limit=5')).toEqual([transactionId(15)]);
    expect(await walk('/v1/users/before/transactions?limit=5')).toEqual([]);
  });
});

describe('a filter', () => {
  const user = 'filtered';
  /** Those of the orders 101 to 112 in these states. */
  const LOWS = [
    'ordered',
    'redraw_available',
    'completed',
    'sample_error',
    'cancelled',
    'requisition_created',
  ];
  const OUTCOMES = {
    ordered: 'in_progress',
    redraw_available: 'redraw_expected',
    completed: 'results_complete',
    sample_error: 'failed',
    cancelled: 'cancelled',
    requisition_created: 'in_progress',
  };
  const lowOf = (n: number) => LOWS[n % LOWS.length] as keyof typeof OUTCOMES;
  const ns = range(101, 112);
  const ofOutcome = (...outcomes: string[]) =>
    newestFirst(ns.filter((n) => outcomes.includes(OUTCOMES[lowOf(n)])));
  const ids = (list: string, query: string) => walk(`${list}?limit=2&${query}`);
  const ours = (found: readonly string[]) => found.filter((id) => ns.map(transactionId).includes(id));

  beforeAll(async () => {
    for (const n of ns) await api.take(order(n, lowOf(n), user, n - 100));
    await api.settle();
  });

  test.each(['/v1/transactions', `/v1/users/${user}/transactions`])('lists %s by outcome', async (list) => {
    const all = ['in_progress', 'redraw_expected', 'results_complete', 'failed', 'cancelled'];
    for (const outcome of all) {
      const found = ours(await ids(list, `outcome=${outcome}`));
      expect(found, outcome).toEqual(ofOutcome(outcome));
      expect(found.length).toBeGreaterThan(0);
    }
    expect(ours(await ids(list, 'outcome=results_incomplete'))).toEqual([]);
    const two = ofOutcome('failed', 'redraw_expected');
    expect(ours(await ids(list, 'outcome=failed,redraw_expected'))).toEqual(two);
    expect(ours(await ids(list, 'outcome=redraw_expected&outcome=failed&outcome=failed'))).toEqual(two);
    expect(ours(await ids(list, `outcome=${all.join()}`))).toEqual(newestFirst(ns));
  });

  test.each(['/v1/transactions', `/v1/users/${user}/transactions`])(
    'lists %s by several criteria',
    async (list) => {
      expect(ours(await ids(list, 'redraw=any'))).toEqual(ofOutcome('redraw_expected'));
      expect(ours(await ids(list, 'status=active'))).toEqual(ofOutcome('in_progress', 'redraw_expected'));
      expect(ours(await ids(list, 'status=active&redraw=any'))).toEqual(ofOutcome('redraw_expected'));
      expect(ours(await ids(list, 'status=completed&outcome=failed,in_progress'))).toEqual(
        ofOutcome('failed'),
      );
      expect(await ids(list, 'status=cancelled&outcome=failed')).toEqual([]);
      expect(await ids(list, 'outcome=failed&redraw=any')).toEqual([]);
    },
  );

  test.each(['/v1/transactions', `/v1/users/${user}/transactions`])(
    'lists %s by reported results, partial or final, and by available redraws, open or over',
    async (list) => {
      const user_id = { user_id: user, order_transaction: null };
      const lived = (n: number, ...lows: string[]) => {
        const events = lows.map((low, index) => event(index + 1, low, march(20 + index)));
        return walkIn(n, events, { ...user_id, created_at: march(20), updated_at: march(20) });
      };
      await api.take(lived(121, 'ordered', 'partial_results'));
      await api.take(lived(122, 'redraw_available', 'completed'));
      // The initial order of this redraw is unknown, but it has results.
      await api.take({ ...lived(123, 'cancelled'), origin: 'redraw' });
      await api.settle();
      const found = async (query: string) =>
        (await ids(list, query)).filter((id) => [121, 122, 123].map(orderId).includes(id));
      expect(await found('results=reported')).toEqual([123, 122, 121].map(orderId));
      expect(await found('results=reported&outcome=in_progress')).toEqual([orderId(121)]);
      expect(await found('redraw=any')).toEqual([123, 122].map(orderId));
      expect(await found('redraw=available')).toEqual([orderId(122)]);
      const results = ofOutcome('redraw_expected', 'results_complete');
      expect(ours(await ids(list, 'results=reported'))).toEqual(results);
      expect(ours(await ids(list, 'redraw=available'))).toEqual(ofOutcome('redraw_expected'));
    },
  );

  test('has its own cursors, the same for every spelling of the filter', async () => {
    const list = '/v1/transactions';
    const { next_cursor: cursor } = await page(`${list}?limit=1&outcome=in_progress,failed`);
    for (const same of ['outcome=failed,in_progress', 'outcome=in_progress&outcome=failed&outcome=failed']) {
      expect((await api.get(`${list}?${same}&cursor=${cursor}`)).status, same).toBe(200);
    }
    const others = ['', '&outcome=failed', '&status=active', '&outcome=in_progress,failed&redraw=any'];
    for (const other of [...others, '&outcome=in_progress,failed&status=active']) {
      expect((await api.get(`${list}?cursor=${cursor}${other}`)).status, other).toBe(400);
    }
    const ofUser = `/v1/users/${user}/transactions?outcome=in_progress,failed&cursor=${cursor}`;
    expect((await api.get(ofUser)).status).toBe(400);
    const { next_cursor: unfiltered } = await page(`${list}?limit=1`);
    expect((await api.get(`${list}?outcome=failed&cursor=${unfiltered}`)).status).toBe(400);
  });
});

describe('a cursor', () => {
  test('continues where its page ended while transactions change, appear and disappear', async () => {
    const user = 'moving';
    const ns = range(21, 40);
    for (const n of ns) await api.take(order(n, 'ordered', user));
    await api.settle();
    const seen = await walk('/v1/transactions?limit=3', async (count) => {
      // A listed transaction changes its status, and a new one appears at the top.
      const n = 41 - count;
      if (n > 20) await api.deliver(order(n, count % 2 ? 'completed' : 'cancelled', user));
      if (count < 12) await api.deliver(order(50 + count, 'ordered', user, 59));
    });
    expect(new Set(seen).size).toBe(seen.length);
    const listedOnce = seen.filter((id) => ns.map(transactionId).includes(id));
    expect(listedOnce).toEqual(newestFirst(ns));
  });

  test('is valid for one list and one filter only', async () => {
    const { next_cursor: cursor } = await page('/v1/transactions?limit=1');
    const refused = [
      `/v1/transactions?status=active&cursor=${cursor}`,
      `/v1/users/moving/transactions?cursor=${cursor}`,
      `/v1/redraws?cursor=${cursor}`,
      `/v1/quarantine?cursor=${cursor}`,
      `/v1/transactions?cursor=${cursor},${cursor}`,
      `/v1/transactions?cursor=${cursor?.slice(0, -1)}`,
      `/v1/transactions?cursor=${cursor}A`,
      `/v1/transactions?cursor=${cursor?.toLowerCase()}`,
    ];
    for (const url of refused) {
      expect(await api.get(url), url).toMatchObject({ status: 400, json: { title: 'Bad Request' } });
    }
    expect((await api.get(`/v1/transactions?limit=50&cursor=${cursor}`)).status).toBe(200);
    const { next_cursor: ofOne } = await page('/v1/users/moving/transactions?limit=1');
    expect((await api.get(`/v1/users/another/transactions?cursor=${ofOne}`)).status).toBe(400);
  });

  test('remains valid after a deployment, but not with another secret', async () => {
    const { next_cursor: cursor } = await page('/v1/transactions?limit=1');
    const url = `/v1/transactions?cursor=${cursor}`;
    expect((await api.as({}).get(url)).status).toBe(200);
    expect((await api.as({ cursorSecret: 'another' }).get(url)).status).toBe(400);
  });

  test('does not open if it is changed anywhere', async () => {
    const { next_cursor } = await page('/v1/transactions?limit=1');
    const cursor = next_cursor ?? '';
    for (let at = 0; at < cursor.length; at += 3) {
      const other = cursor[at] === 'x' ? 'y' : 'x';
      const url = `/v1/transactions?cursor=${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`;
      expect((await api.get(url)).status, String(at)).toBe(400);
    }
  });
});

describe('with one team configured', () => {
  test('the data of other teams does not exist', async () => {
    await api.deliver(
      { ...order(71, 'redraw_available', 'shared', 1), team_id: 'ours' },
      { ...order(72, 'redraw_available', 'shared', 2), team_id: 'theirs' },
      { ...order(73, 'redraw_available', 'shared', 3), team_id: null },
    );
    const ours = api.as({ teamId: 'ours' });
    const theirs = transactionId(72);
    await writeListedClaim(api.table, orderId(74), { transaction_id: theirs, rank: '1' });
    await api.settle();
    const before = (await api.get(`/v1/transactions/${theirs}`)).json;
    const refused = [
      ours.get(`/v1/transactions/${theirs}`),
      ours.get(`/v1/transactions/${theirs}?explain=true`),
      ours.get(`/v1/orders/${orderId(72)}`),
      ours.get(`/v3/order_transaction/${theirs}`),
      ours.get(`/v1/transactions/${theirs}/results`),
      ours.put(`/v1/orders/${orderId(72)}`, { order_transaction_id: theirs }),
      // An order that only an order of another team lists, and one registered in a transaction of that team.
      ours.get(`/v1/orders/${orderId(74)}`),
      ours.put(`/v1/orders/${orderId(74)}`, { order_transaction_id: theirs }),
      ours.put(`/v1/orders/${orderId(75)}`, { order_transaction_id: theirs }),
      ours.put(`/v1/redraws/${theirs}/acknowledgement`, { by: 'x' }),
      ours.ask('DELETE', `/v1/redraws/${theirs}/acknowledgement?by=x`),
    ];
    for (const { status, text } of await Promise.all(refused)) {
      expect(status).toBe(404);
      expect(text).not.toContain('theirs');
    }
    const lists = ['/v1/transactions?limit=100', '/v1/users/shared/transactions', '/v1/redraws?limit=100'];
    for (const list of lists) {
      const { transactions } = (await ours.get(list)).json as unknown as Page;
      expect(transactions.map(({ id }) => id)).toContain(transactionId(71));
      expect(transactions.map(({ id }) => id)).toContain(transactionId(73));
      expect(transactions.map(({ team_id }) => team_id)).not.toContain('theirs');
    }
    await api.settle();
    expect((await api.get(`/v1/transactions/${theirs}`)).json).toEqual(before);
    expect((await api.get(`/v1/orders/${orderId(75)}`)).status).toBe(404);
    expect((await ours.get(`/v1/orders/${orderId(71)}`)).status).toBe(200);
  });
});

describe('what and whose', () => {
  const placed = (n: number, low: string, day: number, fields: object = {}) => {
    const created_at = march(1, clock(n % 60));
    const entry = listed(n, low, march(day), { created_at, updated_at: created_at });
    return walkIn(n, [event(1, 'ordered', created_at), event(2, low, march(day))], {
      created_at,
      updated_at: created_at,
      user_id: 'what and whose',
      order_transaction: transaction(n, null, [entry]),
      ...fields,
    });
  };
  const kit = { lab_test: { name: 'Iron Panel', lab: { slug: 'labcorp' } }, details: { type: 'testkit' } };
  beforeAll(async () => {
    await api.deliver(
      placed(901, 'requisition_created', 2, { expected_result_by_date: '2026-03-20' }),
      placed(902, 'completed', 9),
      placed(903, 'partial_results', 5, { ...kit, expected_result_by_date: '2026-03-10' }),
    );
  });
  const found = async (query: string) =>
    (await page(`/v1/users/what%20and%20whose/transactions?${query}`)).transactions.map(({ id }) => id);

  test.each([
    ['test=iron', [903]],
    ['test=LIPIDS', [902, 901]],
    ['lab=LabCorp', [903]],
    ['modality=testkit', [903]],
    ['modality=walk_in_test&expected_by=2026-03-20', [901]],
    ['expected_by=2026-03-20', [903, 901]],
    ['expected_by=2026-03-19', [903]],
    ['test=lipids&lab=labcorp', []],
    ['order=asc', [901, 902, 903]],
    ['order=asc&limit=100&test=lipids', [901, 902]],
  ])('%s', async (query, ns) => {
    expect(await found(query)).toEqual(ns.map(transactionId));
  });

  test('results are listed by their report, either way, page by page', async () => {
    const ours = new Set([901, 902, 903].map(transactionId));
    const listed = async (query: string) =>
      (await walk(`/v1/transactions?sort=results_at&limit=2${query}`)).filter((id) => ours.has(id));
    expect(await listed('')).toEqual([902, 903].map(transactionId));
    expect(await listed('&order=asc')).toEqual([903, 902].map(transactionId));
    expect(await listed('&status=active&test=iron')).toEqual([903].map(transactionId));
    const [one] = (await page('/v1/transactions?test=iron')).transactions;
    expect(one).toMatchObject({ orders: [{ expected_result_by_date: '2026-03-10' }] });
  });

  test.each(['expected_by=tomorrow', 'order=up', 'sort=user', 'test='])('%s is refused', async (query) => {
    expect((await api.get(`/v1/transactions?${query}`)).status).toBe(400);
  });
});

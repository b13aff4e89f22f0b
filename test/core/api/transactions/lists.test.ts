import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';
import { clock, newestFirst, order, type Page, page, range, walk } from './listed-transactions.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

describe('the list of a user', () => {
  test('has the transactions of that user only, newest first, in pages of any size', async () => {
    const user = 'user/with ünusual "id"%2F';
    for (const n of range(1, 9)) await api.take(order(n, 'ordered', user));
    for (const n of range(10, 14)) await api.take(order(n, 'ordered', 'another'));
    await api.settle();
    const url = `/v1/users/${encodeURIComponent(user)}/transactions`;
    for (const limit of [1, 2, 4, 9, 100]) {
      expect(await walk(api, `${url}?limit=${limit}`)).toEqual(newestFirst(range(1, 9)));
    }
  });

  test('no longer has a transaction whose user has changed, and neither has its index', async () => {
    await api.deliver(order(15, 'ordered', 'before'));
    expect(await walk(api, '/v1/users/before/transactions?limit=5')).toEqual([transactionId(15)]);
    await api.deliver({ ...order(15, 'requisition_created', 'after', 15), updated_at: march(3) });
    expect(await walk(api, '/v1/users/after/transactions?limit=5')).toEqual([transactionId(15)]);
    expect(await walk(api, '/v1/users/before/transactions?limit=5')).toEqual([]);
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
  const ids = (list: string, query: string) => walk(api, `${list}?limit=2&${query}`);
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
    const { next_cursor: cursor } = await page(api, `${list}?limit=1&outcome=in_progress,failed`);
    for (const same of ['outcome=failed,in_progress', 'outcome=in_progress&outcome=failed&outcome=failed']) {
      expect((await api.get(`${list}?${same}&cursor=${cursor}`)).status, same).toBe(200);
    }
    const others = ['', '&outcome=failed', '&status=active', '&outcome=in_progress,failed&redraw=any'];
    for (const other of [...others, '&outcome=in_progress,failed&status=active']) {
      expect((await api.get(`${list}?cursor=${cursor}${other}`)).status, other).toBe(400);
    }
    const ofUser = `/v1/users/${user}/transactions?outcome=in_progress,failed&cursor=${cursor}`;
    expect((await api.get(ofUser)).status).toBe(400);
    const { next_cursor: unfiltered } = await page(api, `${list}?limit=1`);
    expect((await api.get(`${list}?outcome=failed&cursor=${unfiltered}`)).status).toBe(400);
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
    const claim = listedClaim(orderId(72), { transaction_id: theirs, as_of: null });
    await writeListedClaim(api.table, orderId(74), claim);
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

describe('filters by order and owner', () => {
  const placed = (n: number, low: string, day: number, fields: object = {}) => {
    const created_at = march(1, clock(n % 60));
    const entry = listed(n, low, march(day), { created_at, updated_at: created_at });
    return walkIn(n, [event(1, 'ordered', created_at), event(2, low, march(day))], {
      created_at,
      updated_at: created_at,
      user_id: 'filters by order and owner',
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
    (await page(api, `/v1/users/filters%20by%20order%20and%20owner/transactions?${query}`)).transactions.map(
      ({ id }) => id,
    );

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
      (await walk(api, `/v1/transactions?sort=results_at&limit=2${query}`)).filter((id) => ours.has(id));
    expect(await listed('')).toEqual([902, 903].map(transactionId));
    expect(await listed('&order=asc')).toEqual([903, 902].map(transactionId));
    expect(await listed('&status=active&test=iron')).toEqual([903].map(transactionId));
    const [one] = (await page(api, '/v1/transactions?test=iron')).transactions;
    expect(one).toMatchObject({ orders: [{ expected_result_by_date: '2026-03-10' }] });
  });

  test.each(['expected_by=tomorrow', 'order=up', 'sort=user', 'test='])('%s is refused', async (query) => {
    expect((await api.get(`/v1/transactions?${query}`)).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';
import { newestFirst, order, page, range, walk } from './listed-transactions.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

describe('a cursor of a list', () => {
  test('continues where its page ended while transactions change, appear and disappear', async () => {
    const user = 'moving';
    const ns = range(21, 40);
    for (const n of ns) await api.take(order(n, 'ordered', user));
    await api.settle();
    const seen = await walk(api, '/v1/transactions?limit=3', async (count) => {
      // A listed transaction changes its status, and a new one appears at the top.
      const n = 41 - count;
      if (n > 20) await api.deliver(order(n, count % 2 ? 'completed' : 'cancelled', user));
      if (count < 12) await api.deliver(order(50 + count, 'ordered', user, 59));
    });
    expect(new Set(seen).size).toBe(seen.length);
    const listedOnce = seen.filter((id) => ns.map(transactionId).includes(id));
    expect(listedOnce).toEqual(newestFirst(ns));
  });

  test('is valid for one list, one filter and one order only', async () => {
    const { next_cursor: cursor } = await page(api, '/v1/transactions?limit=1');
    const refused = [
      `/v1/transactions?status=active&cursor=${cursor}`,
      `/v1/transactions?order=asc&cursor=${cursor}`,
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
    for (const same of ['limit=50', 'order=desc']) {
      expect((await api.get(`/v1/transactions?${same}&cursor=${cursor}`)).status).toBe(200);
    }
    const { next_cursor: ascending } = await page(api, '/v1/transactions?limit=1&order=asc');
    expect((await api.get(`/v1/transactions?cursor=${ascending}`)).status).toBe(400);
    expect((await api.get(`/v1/transactions?order=asc&cursor=${ascending}`)).status).toBe(200);
    const { next_cursor: ofOne } = await page(api, '/v1/users/moving/transactions?limit=1');
    expect((await api.get(`/v1/users/another/transactions?cursor=${ofOne}`)).status).toBe(400);
  });

  test('remains valid after a deployment, but not with another secret', async () => {
    const { next_cursor: cursor } = await page(api, '/v1/transactions?limit=1');
    const url = `/v1/transactions?cursor=${cursor}`;
    expect((await api.as({}).get(url)).status).toBe(200);
    expect((await api.as({ cursorSecret: 'another' }).get(url)).status).toBe(400);
  });

  test('does not open if it is changed anywhere', async () => {
    const { next_cursor } = await page(api, '/v1/transactions?limit=1');
    const cursor = next_cursor ?? '';
    for (let at = 0; at < cursor.length; at += 3) {
      const other = cursor[at] === 'x' ? 'y' : 'x';
      const url = `/v1/transactions?cursor=${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`;
      expect((await api.get(url)).status, String(at)).toBe(400);
    }
  });
});

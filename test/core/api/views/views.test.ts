/** Views of the worklist that a team shares. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_VIEWS } from '../../../../core/domain/worklist/shared-view.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const id = (n: number) => `5f0c3c1e-6a0e-4e0a-9c1b-${String(n).padStart(12, '0')}`;
const view = { name: 'Quest', address: 'f=lab%3DQuest', replaces: null };
const save = (n: number, more: object = {}) => api.put(`/v1/views/${id(n)}`, { ...view, ...more });
const remove = (n: number, replaces: string) => api.ask('DELETE', `/v1/views/${id(n)}?replaces=${replaces}`);
const names = async () =>
  ((await api.get('/v1/views')).json as { views: { name: string }[] }).views.map(({ name }) => name);

beforeEach(async () => {
  api.now = new Date('2026-03-10T08:00:00Z');
  const { json } = await api.get('/v1/views');
  for (const { id, at } of (json as { views: { id: string; at: string }[] }).views)
    await api.ask('DELETE', `/v1/views/${id}?replaces=${at}`);
});

test('are listed by name, with who saved them, and a repetition changes nothing', async () => {
  const { status, json } = await save(1, { name: 'Weekend', by: 'clara' });
  expect([status, json]).toMatchObject([200, { by: 'clara', at: '2026-03-10T08:00:00.000000Z' }]);
  await save(2, { name: 'Mine' });
  api.now = new Date('2026-03-10T09:00:00Z');
  expect((await save(1, { name: 'Weekend', by: 'clara' })).json).toEqual(json);
  expect(await names()).toEqual(['Mine', 'Weekend']);
});

test('are replaced and deleted only as they were seen', async () => {
  await save(1);
  api.now = new Date('2026-03-10T09:00:00Z');
  const changed = { name: 'Labcorp', address: 'f=lab%3DLabcorp' };
  expect((await save(1, changed)).status).toBe(409);
  expect((await save(1, { ...changed, replaces: '2026-03-10T08:00:00Z' })).status).toBe(200);
  expect((await remove(1, '2026-03-10T08:00:00Z')).status).toBe(409);
  expect(await names()).toEqual(['Labcorp']);
  expect((await remove(1, '2026-03-10T09:00:00Z')).status).toBe(200);
  expect((await remove(1, '2026-03-10T09:00:00Z')).json).toEqual({ view: null });
  expect(await names()).toEqual([]);
});

test('a view that was deleted is not changed', async () => {
  expect((await save(1, { replaces: '2026-03-10T08:00:00Z' })).status).toBe(409);
});

test('have different names, and there are only so many', async () => {
  for (let n = 1; n <= MAX_VIEWS; n += 1) expect((await save(n, { name: `View ${n}` })).status).toBe(200);
  expect((await save(99, { name: 'view 1' })).status).toBe(409);
  expect((await save(99, { name: 'One more' })).status).toBe(409);
});

test('of two people who save at once, none is lost', async () => {
  await Promise.all([save(1, { name: 'One' }), save(2, { name: 'Two' }), save(3, { name: 'Three' })]);
  expect(await names()).toEqual(['One', 'Three', 'Two']);
});

describe('say nothing of a patient', () => {
  test.each([
    'f=patient%3Dpatient-1042',
    'f=ids%3A5f0c3c1e',
    'f=%3AJane',
    'f=lab%3DQuest&f=%3AJane',
    'q=Jane',
    'page=2',
  ])('refuses %s', async (address) => {
    expect((await save(1, { address })).status).toBe(400);
    expect(await names()).toEqual([]);
  });

  test.each(['', 'show=mine', 'f=markers%3AFerritin&f=due%3DOverdue&match=any&sort=-owner'])(
    'takes %s',
    async (address) => {
      expect((await save(1, { address })).status).toBe(200);
    },
  );
});

/** Lists, their pages and their cursors. */
import { describe, expect, test } from 'vitest';
import type { TransactionAnswer } from './calls.ts';
import { all, client, expectProblem, initial } from './scene.ts';

/** What a list is sorted by: among equal times by the end of the id, which is all that an index holds of it. */
const place = ({ created_at, id }: TransactionAnswer) => `${created_at}#${id.slice(-8)}`;

export function lists(): void {
  describe('lists', () => {
    test('show every transaction once, newest first, in pages of any size', async () => {
      expect(all.length).toBeGreaterThan(100);
      const expected = all.map(place);
      expect(expected).toEqual([...expected].sort().reverse());
      expect(new Set(expected).size).toBe(expected.length);
      // test/core/store has all sizes, without the network.
      for (const limit of [7, 60, 99]) {
        const pages = await client.pages('/v1/transactions', { limit: String(limit) });
        expect(pages.flat().map(place)).toEqual(expected);
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }
      const byDefault = await client.pages('/v1/transactions');
      expect(byDefault[0]).toHaveLength(25);
    });

    test.each(['active', 'completed', 'cancelled'])('can be filtered by the status %s', async (status) => {
      const expected = all.filter((one) => one.status === status).map(place);
      expect(expected.length).toBeGreaterThan(0);
      for (const limit of ['13', '100']) {
        const pages = await client.pages('/v1/transactions', { status, limit });
        expect(pages.flat().map(place)).toEqual(expected);
      }
    });

    test('can be filtered by outcomes, or by having a redraw', async () => {
      const asked: [Record<string, string>, (one: TransactionAnswer) => boolean][] = [
        [{ outcome: 'results_complete' }, ({ outcome }) => outcome === 'results_complete'],
        [{ outcome: 'failed,redraw_expected' }, ({ outcome }) => /^(failed|redraw_expected)$/.test(outcome)],
        [{ redraw: 'any', status: 'completed' }, ({ redraw, status }) => !!redraw && status === 'completed'],
        [{ redraw: 'any' }, ({ redraw }) => redraw !== null],
      ];
      for (const [query, belongs] of asked) {
        const expected = all.filter(belongs).map(place);
        expect(expected.length).toBeGreaterThan(0);
        const pages = await client.pages('/v1/transactions', { ...query, limit: '13' });
        expect(pages.flat().map(place)).toEqual(expected);
      }
    });

    test.each<[string, string]>([
      ['an unknown parameter', 'colour=red'],
      ['one that every object has', '__proto__=1'],
      ['an unknown status', 'status=pending'],
      ['a status in capitals', 'status=ACTIVE'],
      ['no status', 'status='],
      ['two statuses', 'status=active&status=completed'],
      ['the same parameter twice', 'limit=5&limit=5'],
      ['a limit of 0', 'limit=0'],
      ['a limit of 101', 'limit=101'],
      ['a negative limit', 'limit=-1'],
      ['half a limit', 'limit=1.5'],
      ['a limit that is not a number', 'limit=all'],
      ['a limit in another notation', 'limit=1e1'],
      ['an empty limit', 'limit='],
      ['an empty cursor', 'cursor='],
      ['a made-up cursor', `cursor=${Buffer.from('2025-01-01#x').toString('base64url')}`],
      ['a cursor that is too long', `cursor=${'a'.repeat(2000)}`],
    ])('400 for %s', async (_, query) => {
      for (const path of ['/v1/transactions', '/v1/redraws']) {
        expectProblem(await client.ask(`${path}?${query}`), 400);
      }
    });

    test('400 for a cursor that was changed, shortened or used in another list', async () => {
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

  describe('the search', () => {
    const found = async (q: string) => {
      const { status, json } = await client.ask(`/v1/search?q=${encodeURIComponent(q)}`);
      expect(status).toBe(200);
      return json as { transactions: TransactionAnswer[]; matched: { by: string }[]; more: boolean };
    };
    const some = () => all.filter((_, index) => index % 9 === 0);

    test('finds a transaction by its id and by those of all its orders', async () => {
      for (const one of some()) {
        for (const id of [one.id, ...one.orders.map((order) => order.id)]) {
          const { transactions, more } = await found(id.toUpperCase());
          expect([transactions, more]).toEqual([[one], false]);
        }
      }
    });

    test.each(['user_id', 'client_user_id'] as const)('finds all with the same %s', async (field) => {
      const asked = some().filter((one) => one[field] !== null);
      expect(asked.length).toBeGreaterThan(3);
      for (const one of asked) {
        const expected = all.filter((other) => other[field] === one[field]).map(place);
        const { transactions, matched, more } = await found(String(one[field]));
        expect(transactions.map(place)).toEqual(expected.slice(0, 25));
        expect(new Set(matched.map(({ by }) => by))).toEqual(new Set([field]));
        expect(more).toBe(expected.length > 25);
      }
    });

    test('finds nothing for an unknown id, and refuses an empty one', async () => {
      expect(await found('nobody-at-all')).toMatchObject({ transactions: [], match_kind: null });
      expectProblem(await client.ask('/v1/search?q='), 400);
      expectProblem(await client.ask('/v1/search'), 400);
    });
  });

  describe('the list of a user', () => {
    test('has the transactions of the user, newest first, and no others', async () => {
      const user = String(initial.user_id);
      const path = `/v1/users/${encodeURIComponent(user)}/transactions`;
      const expected = all.filter(({ user_id }) => user_id === user).map(place);
      expect(expected.length).toBeGreaterThan(0);
      expect((await client.pages(path, { limit: '1' })).flat().map(place)).toEqual(expected);
      expect((await client.pages('/v1/users/nobody/transactions')).flat()).toEqual([]);
      const active = expected.filter((one) => all.find((other) => place(other) === one)?.status === 'active');
      expect((await client.pages(path, { status: 'active' })).flat().map(place)).toEqual(active);
      expectProblem(await client.ask(`/v1/users/${'x'.repeat(257)}/transactions`), 400);
    });
  });
}

/** Scanning the whole table: each item once, for any segments and pages, and only the requested attributes. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../core/store/table.ts';
import { itemKey, orderKey, transactionKey } from '../../../core/store/table-layout.ts';
import { type Place, type Segment, scanIds } from '../../../core/store/whole-table.ts';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';

const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
const ids = numbers.map(transactionId);

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  const put = (Item: object) =>
    table.client.send(new PutCommand({ TableName: table.name, Item: { ...Item } }));
  for (const id of ids) {
    await put({ ...transactionKey(id), status: 'active' });
    await put({ ...orderKey(`order-${id}`), version: 1 });
    await put({ ...itemKey('MATCH_REVIEW', id), body: 'words' });
  }
});
afterAll(() => engine.close());

interface Walked<Found> {
  readonly found: readonly Found[];
  readonly next: Place | null;
}

/** The result of a scan with this number of segments, and its number of pages. */
async function walk<Found>(
  of: number,
  page: (segment: Segment, from: Place | null) => Promise<Walked<Found>>,
) {
  const all: Found[] = [];
  let pages = 0;
  for (let number = 0; number < of; number += 1) {
    let from: Place | null = null;
    do {
      const { found, next }: Walked<Found> = await page({ number, of }, from);
      all.push(...found);
      pages += 1;
      if (pages > 100) throw new Error('an endless scan');
      from = next;
    } while (from);
  }
  return { all, pages };
}

test.each([1, 3])('ids of a kind are found once each, over %i segments, page by page', async (of) => {
  const walked = (kind: 'ORDER' | 'TX', limit: number) =>
    walk(of, async (segment, from) => {
      const { ids: found, next } = await scanIds(table, kind, segment, from, limit);
      return { found, next };
    });
  const [small, large] = [await walked('TX', 2), await walked('TX', 1_000)];
  for (const { all } of [small, large]) expect(all.toSorted()).toEqual(ids.toSorted());
  // Two items of any kind per page, and there are 36.
  expect(small.pages).toBeGreaterThanOrEqual(36 / 2);
  expect(large.pages).toBe(of);
  expect((await walked('ORDER', 5)).all.toSorted()).toEqual(ids.map((id) => `order-${id}`).toSorted());
});

test('segments do not overlap', async () => {
  const first = await scanIds(table, 'TX', { number: 0, of: 2 }, null, 1_000);
  const second = await scanIds(table, 'TX', { number: 1, of: 2 }, null, 1_000);
  expect(first.ids.filter((id) => second.ids.includes(id))).toEqual([]);
  expect(first.ids.length + second.ids.length).toBe(12);
});

test('only keys are read', async () => {
  const asked: Record<string, unknown>[] = [];
  const watched = { ...table, client: Object.create(table.client) };
  watched.client.send = async (command: { input: Record<string, unknown> }) => {
    asked.push(command.input);
    const answer = (await table.client.send(command as never)) as unknown as { Items: object[] };
    for (const item of answer.Items) expect(['pk', 'sk']).toEqual(Object.keys(item).toSorted());
    return answer;
  };
  await scanIds(watched, 'ORDER', { number: 0, of: 1 }, null, 1_000);
  expect(asked).toMatchObject([{ ProjectionExpression: 'pk, sk', Select: 'SPECIFIC_ATTRIBUTES' }]);
});

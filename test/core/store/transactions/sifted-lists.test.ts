/** Lists with a filter that needs the items: every page is correct, and the work for one page is limited. */

import { beforeAll, describe, expect, test } from 'vitest';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import type { Table } from '../../../../core/store/table.ts';
import {
  byStatus,
  byUser,
  filterTransactions,
} from '../../../../core/store/transactions/transaction-lists.ts';
import { writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../../domain/order-records.ts';

const COUNT = 1_300;
const USER = 'user';

const memory = new MemoryTable();
let asked: string[] = [];
const table: Table = {
  name: memory.name,
  client: {
    send: (command: { constructor: { name: string } }) => {
      asked.push(command.constructor.name);
      return memory.client.send(command as never);
    },
  } as unknown as Table['client'],
};

const idOf = (n: number) =>
  `${n.toString(16).padStart(4, '0')}0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const numberOf = ({ id }: StoredTransaction) => Number.parseInt(id.slice(0, 4), 16);

beforeAll(async () => {
  for (let n = 0; n < COUNT; n += 1) {
    const contributions = brings(n, {
      events: [event(n, STATUS_OF_CLASS.P)],
      // Three at a time were created in the same second.
      snapshot: { origin: 'initial', created_at: at(Math.floor(n / 3)), user_id: USER },
    });
    const next = nextRevision({ id: idOf(n), contributions, departures: {}, after: null }, CLOCKS);
    await writeTransaction(memory, next, null);
  }
});

type Wanted = (n: number) => boolean;

async function pages(wanted: Wanted, limit: number, list = byStatus(['active'])) {
  const found: number[][] = [];
  const work: string[][] = [];
  let after: string | null = null;
  do {
    asked = [];
    const request = { limit, after };
    const page = await filterTransactions(table, list, request, (one) => wanted(numberOf(one)));
    found.push(page.transactions.map(numberOf));
    work.push(asked);
    after = page.next;
    if (found.length > COUNT) throw new Error('an endless list');
  } while (after !== null);
  return { found, work };
}

const expected = (wanted: Wanted) => Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n).filter(wanted);

describe.each<[string, Wanted]>([
  ['all', () => true],
  ['all but one', (n) => n !== 700],
  ['every other', (n) => n % 2 === 0],
  ['one in 97', (n) => n % 97 === 3],
  ['the oldest', (n) => n === 0],
  ['the newest', (n) => n === COUNT - 1],
  ['none', () => false],
])('where %s match', (_, wanted) => {
  test.each([1, 2, 25, 99, 100])('pages of %i have each match once, in order', async (limit) => {
    if (limit < 25 && expected(wanted).length > 500) return;
    for (const list of [byStatus(['active']), byUser(USER)]) {
      const { found } = await pages(wanted, limit, list);
      expect(found.flat()).toEqual(expected(wanted));
      expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(limit);
    }
  });

  test('a page reads about five hundred at most, and is full if there are enough matches among them', async () => {
    const { found, work } = await pages(wanted, 25);
    for (const commands of work) {
      expect(commands.filter((name) => name === 'BatchGetCommand').length).toBeLessThanOrEqual(6);
      expect(commands.length).toBeLessThanOrEqual(6 * (8 + 1));
    }
    const short = found.slice(0, -1).filter(({ length }) => length < 25).length;
    const enough = expected(wanted).length / COUNT > 25 / 400;
    expect(short > 0).toBe(!enough && found.length > 1);
  });
});

test('a page that is full after the first read has exactly those items', async () => {
  const { work } = await pages(() => true, 100);
  for (const commands of work) expect(commands.filter((name) => name === 'BatchGetCommand')).toHaveLength(1);
});

test('a list without partitions is empty and makes no request', async () => {
  asked = [];
  const page = await filterTransactions(table, byStatus([]), { limit: 5, after: null }, () => true);
  expect(page).toEqual({ transactions: [], next: null });
  expect(asked).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import type { Table } from '../../../../core/store/table.ts';
import { byStatus, listTransactions } from '../../../../core/store/transactions/transaction-lists.ts';
import { writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { emptied } from './emptied.ts';

const STATUSES = ['active', 'completed', 'cancelled'] as const;
const CLASS = { active: 'P', completed: 'C', cancelled: 'X' } as const;

let engine: EngineTable;
let table: Table;
const stored = new Map<string, StoredTransaction>();

/** Ids in different buckets. */
const idOf = (n: number) =>
  `${n.toString(16).padStart(4, '0')}0000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Writes transaction `n`, created in second `second`, with this status, over an existing one. */
async function put(n: number, second: number, status: (typeof STATUSES)[number]): Promise<void> {
  const id = idOf(n);
  const after = stored.get(id) ?? null;
  const contributions = brings(n, {
    events: [event(second, STATUS_OF_CLASS[CLASS[status]])],
    snapshot: { origin: 'initial', created_at: at(second) },
  });
  const next = nextRevision({ id, contributions, departures: {}, after }, CLOCKS);
  expect(await writeTransaction(table, next, after)).toBe('written');
  stored.set(id, next);
}

/** All pages of a list; `between` runs after each. */
async function pages(
  statuses: readonly string[],
  limit: number,
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<StoredTransaction[][]> {
  const found: StoredTransaction[][] = [];
  let after: string | null = null;
  do {
    const page = await listTransactions(table, byStatus(statuses), { limit, after });
    found.push([...page.transactions]);
    after = page.next;
    await between(found.length);
  } while (after !== null && found.length < 200);
  return found;
}

const COUNT = 130;

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  // Three at a time were created in the same second.
  const numbers = Array.from({ length: COUNT }, (_, n) => n);
  // A few at a time: a newly started engine does not accept hundreds of connections in its first second.
  for (let first = 0; first < COUNT; first += 8) {
    const some = numbers.slice(first, first + 8);
    await Promise.all(some.map((n) => put(n, Math.floor(n / 3), STATUSES[n % 3] ?? 'active')));
  }
});
afterAll(() => engine.close());

/** Those with these statuses, newest first, then by id. */
function expected(statuses: readonly string[]): string[] {
  return [...stored.values()]
    .filter(({ status }) => statuses.includes(status))
    .map(({ id, created_at }) => `${created_at}#${id}`)
    .sort()
    .reverse()
    .map((place) => place.slice(place.indexOf('#') + 1));
}

describe('a list by status', () => {
  test.each([1, 2, 7, 25, 43, 44, 99, 100])(
    'has every transaction once, newest first, in pages of %i',
    async (limit) => {
      for (const statuses of limit < 7 ? [['active']] : [['completed'], STATUSES]) {
        const found = await pages(statuses, limit);
        expect(found.flat().map(({ id }) => id)).toEqual(expected(statuses));
        expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        expect(found.at(-1)?.length).toBeGreaterThan(0);
      }
    },
  );

  test('has the transactions as they are stored', async () => {
    const [page] = await pages(['cancelled'], 3);
    for (const transaction of page ?? []) expect(transaction).toEqual(stored.get(transaction.id));
  });

  test('is empty if there are none', async () => {
    expect(await pages(['unheard_of'], 10)).toEqual([[]]);
  });

  test('has each transaction that stays in it exactly once while others are added, changed and removed', async () => {
    const before = new Set(expected(['active']));
    const moving = expected(['active']).filter((_, index) => index % 4 === 0);
    const found = await pages(['active'], 5, async (page) => {
      const id = moving[page - 1];
      const number = id === undefined ? -1 : Number.parseInt(id.slice(0, 4), 16);
      if (number >= 0) await put(number, Math.floor(number / 3), 'completed');
      await put(1_000 + page, 5_000 + page, 'active');
    });
    const ids = found.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const stayed = [...before].filter((id) => !moving.includes(id));
    expect(ids.filter((id) => stayed.includes(id))).toEqual(stayed);
    expect(found.flat().every(({ status }) => status === 'active')).toBe(true);
  });

  test('has a transaction whose status changes between the queries of one page at most once', async () => {
    await put(2_000, 9_000, 'active');
    // The first partition is queried before the change, all others after it.
    let asked = 0;
    const moving = { ...table, client: Object.create(table.client) };
    moving.client.send = async (command: { constructor: { name: string } }) => {
      const query = command.constructor.name === 'QueryCommand';
      const first = query && asked === 0;
      if (query) asked += 1;
      if (first) {
        const answer = await table.client.send(command as never);
        await put(2_000, 9_000, 'completed');
        changed();
        return answer;
      }
      if (query) await change;
      return table.client.send(command as never);
    };
    let changed: () => void = () => undefined;
    const change = new Promise<void>((done) => {
      changed = done;
    });
    const bucket = Number.parseInt(idOf(2_000).slice(0, 4), 16) % 8;
    const list = byStatus(STATUSES);
    const partitions = [`STATUS#active#${bucket}`, ...list.partitions];
    const page = await listTransactions(moving, { ...list, partitions }, { limit: 5, after: null });
    expect(page.transactions.filter(({ id }) => id === idOf(2_000))).toMatchObject([{ status: 'completed' }]);
  });

  test('leaves out a transaction whose status has changed by the time it is read', async () => {
    await put(2_500, 9_500, 'active');
    const late = { ...table, client: Object.create(table.client) };
    late.client.send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'BatchGetCommand') await put(2_500, 9_500, 'cancelled');
      return table.client.send(command as never);
    };
    const page = await listTransactions(late, byStatus(['active']), { limit: 2, after: null });
    expect(page.transactions.map(({ status }) => status)).toEqual(['active']);
  });

  test('leaves out a transaction that is gone by the time it is read', async () => {
    await put(3_000, 9_999, 'cancelled');
    const held = stored.get(idOf(3_000)) ?? expect.fail('nothing was written');
    const gone = { ...table, client: Object.create(table.client) };
    gone.client.send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'BatchGetCommand') await writeTransaction(table, emptied(held), held);
      return table.client.send(command as never);
    };
    const page = await listTransactions(gone, byStatus(['cancelled']), { limit: 2, after: null });
    expect(page.transactions).toHaveLength(1);
    expect(page.next).not.toBeNull();
    stored.delete(idOf(3_000));
  });

  test('requests the unprocessed keys of a batch again, a limited number of times', async () => {
    let batches = 0;
    const holding = (times: number) => {
      batches = 0;
      const slow = { ...table, client: Object.create(table.client) };
      slow.client.send = async (command: { constructor: { name: string }; input: Record<string, never> }) => {
        if (command.constructor.name !== 'BatchGetCommand') return table.client.send(command as never);
        batches += 1;
        if (batches <= times) return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
        return table.client.send(command as never);
      };
      return listTransactions(slow, byStatus(['completed']), { limit: 10, after: null });
    };
    expect((await holding(4)).transactions).toHaveLength(10);
    await expect(holding(5)).rejects.toMatchObject({ name: 'ServiceBusy' });
  });
});

/** The content and order of the lists of a user, of a client user, and of open redraws. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { nextRevision, remarked } from '../../../../core/domain/stored/next-revision.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { afterTime } from '../../../../core/store/stored-times.ts';
import type { Table } from '../../../../core/store/table.ts';
import { dueIds, watchedIds } from '../../../../core/store/transactions/due-index.ts';
import {
  byClientUser,
  byDueTime,
  byUser,
  listTransactions,
  type Page,
  type TransactionList,
} from '../../../../core/store/transactions/transaction-lists.ts';
import { writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;

interface Person {
  readonly user_id: string;
  readonly client_user_id?: string;
}

/** Transaction `n` of second `n`, with an open redraw or an ended one, flagged if requested. */
async function put(
  n: number,
  { user_id, client_user_id }: Person,
  of: 'R' | 'C',
  flagged = false,
): Promise<void> {
  const clientUser = client_user_id === undefined ? null : { user_id, client_user_id };
  const contributions = brings(n, {
    events: [event(n, STATUS_OF_CLASS[of])],
    clientUser,
    snapshot: { origin: 'initial', created_at: at(n), user_id },
  });
  const first = nextRevision({ id: transactionId(n), contributions, departures: {}, after: null }, CLOCKS);
  const progress = first.redraw && progressKey(first.redraw);
  const marks = { ...UNMARKED, progress, stale_since: at(n) };
  expect(await writeTransaction(table, flagged ? remarked(first, { marks }, CLOCKS) : first, null)).toBe(
    'written',
  );
}

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  await put(1, { user_id: 'u', client_user_id: ' Clinic-7 ' }, 'R');
  await put(2, { user_id: 'u', client_user_id: 'clinic-8' }, 'C');
  await put(3, { user_id: 'v', client_user_id: 'CLINIC-7' }, 'R', true);
  await put(4, { user_id: 'v' }, 'R');
});
afterAll(() => engine.close());

/** The content of a list: the same in one page and in pages of one. */
async function listed(list: TransactionList): Promise<string[]> {
  const { transactions, next } = await listTransactions(table, list, { limit: 100, after: null });
  let after: string | null = null;
  for (const transaction of transactions) {
    const page: Page = await listTransactions(table, list, { limit: 1, after });
    expect(page.transactions).toEqual([transaction]);
    after = page.next;
  }
  expect(next).toBeNull();
  expect(transactions.every((transaction) => list.includes(transaction))).toBe(true);
  return transactions.map(({ id }) => id);
}

const numbered = (...numbers: number[]) => numbers.map(transactionId);

test('the list of a user has the transactions of that user, newest first', async () => {
  expect(await listed(byUser('u'))).toEqual(numbered(2, 1));
  expect(await listed(byUser('v'))).toEqual(numbered(4, 3));
  expect(await listed(byUser('U'))).toEqual([]);
});

test('the list of a client user has the same transactions for every spelling of the id, newest first', async () => {
  for (const typed of ['clinic-7', 'CLINIC-7', ' clinic-7\t']) {
    expect(await listed(byClientUser(typed))).toEqual(numbered(3, 1));
  }
  expect(await listed(byClientUser('clinic'))).toEqual([]);
});

test('the list of open redraws has those that have not ended, the most overdue first; stale ones are flagged', async () => {
  expect(await listed(byDueTime('open'))).toEqual(numbered(1, 3, 4));
  expect(await listed(byDueTime('stale'))).toEqual(numbered(3));
});

test('a transaction that no longer belongs in a list is left out', async () => {
  const [open, ended] = await Promise.all(
    [byUser('v'), byUser('u')].map(async (list) => {
      const page = await listTransactions(table, list, { limit: 1, after: null });
      return page.transactions[0];
    }),
  );
  if (!open || !ended) throw new Error('nothing listed');
  const belongs = (list: TransactionList) => [open, ended].map((transaction) => list.includes(transaction));
  expect(belongs(byUser('v'))).toEqual([true, false]);
  expect(belongs(byClientUser('Clinic-8'))).toEqual([false, true]);
  expect(belongs(byClientUser('Clinic-7'))).toEqual([false, false]);
  expect(belongs(byDueTime('open'))).toEqual([true, false]);
  expect(belongs(byDueTime('stale'))).toEqual([false, false]);
});

test('redraws are due to the microsecond, if they are not flagged', async () => {
  const due = async (index: 'open_redraws' | 'checks', partition: string, now: string) => {
    const ids: string[] = [];
    for await (const page of dueIds(table, index, partition, now, 3)) {
      expect(page).not.toEqual([]);
      ids.push(...page);
    }
    return ids.sort();
  };
  // An hour after their second.
  expect(await due('open_redraws', 'DUE', at(3_600))).toEqual([]);
  expect(await due('open_redraws', 'DUE', at(3_601))).toEqual(numbered(1));
  expect(await due('open_redraws', 'DUE', at(3_604))).toEqual(numbered(1, 4));
  expect(await due('open_redraws', 'STALE', at(3_603))).toEqual(numbered(3));
  expect(await due('checks', 'CHECK', '9999')).toEqual(numbered(1, 3, 4));
});

test('due redraws are found page by page, including the last page', async () => {
  const single = { ...table, client: Object.create(table.client) };
  single.client.send = (command: { input: { Limit: number } }) => {
    command.input.Limit = 1;
    return table.client.send(command as never);
  };
  const pages: (readonly string[])[] = [];
  for await (const page of dueIds(single, 'open_redraws', 'DUE', '9999', 0)) pages.push(page);
  expect(pages).toEqual([numbered(1), numbered(4)]);
});

test('unflagged redraws that are due within a range of time are listed in pages, its end included', async () => {
  // Due an hour after seconds 1 and 4; the redraw between them is flagged.
  const [start, end] = [afterTime(at(3_600)), at(3_604)];
  const first = await watchedIds(table, end, { limit: 1, after: start });
  expect(first.ids).toEqual(numbered(1));
  const second = await watchedIds(table, end, { limit: 1, after: first.next });
  expect(second).toEqual({ ids: numbered(4), next: null });
  expect(await watchedIds(table, at(3_603), { limit: 9, after: start })).toEqual({
    ids: numbered(1),
    next: null,
  });
  expect((await watchedIds(table, end, { limit: 9, after: afterTime(at(3_601)) })).ids).toEqual(numbered(4));
});

/** One damaged item takes down no list, review, email, count or sweep: it is left out and reported. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { transactionKey } from '../../../core/store/table-layout.ts';
import { byDueTime, listTransactions } from '../../../core/store/transactions/transaction-lists.ts';
import { countCriticalResults } from '../../../core/use-cases/count-critical-results.ts';
import { assign } from '../../../core/use-cases/handling/assign.ts';
import { listOwned } from '../../../core/use-cases/review/list-owned.ts';
import { reviewRedraws } from '../../../core/use-cases/review/review-redraws.ts';
import { search } from '../../../core/use-cases/search.ts';
import { PROGRAM } from '../../callers.ts';
import type { MemoryTable } from '../../memory-table/memory-table.ts';
import { criticalResult, march } from '../../oracle/bodies.ts';
import { manyDue } from './sweep/scene/many-due.ts';
import { initialAvailable, TRANSACTION } from './sweep/scene/redraw-bodies.ts';
import { Tracker } from './sweep/scene/tracker.ts';

let tracker: Tracker;
let shown: { table: MemoryTable; teamId: null };
let ids: string[];
let reported: string[];

beforeEach(async () => {
  tracker = new Tracker();
  reported = [];
  ids = await manyDue(tracker, 3);
  for (const id of ids) {
    const owner = { by: 'lead', caller: PROGRAM, assignee: 'ann', followUpAt: null };
    await assign(tracker.projection, id, owner, new Date(march(5)));
  }
  const table = Object.assign(tracker.memory, { onDamaged: (item: string) => void reported.push(item) });
  shown = { table, teamId: null };
});

/** As if something from outside had written to the table. */
async function damage(id: string, attributes: object): Promise<void> {
  const Key = transactionKey(id);
  const { Item } = await shown.table.client.send(new GetCommand({ TableName: '', Key }));
  // No reader of the stream here expects such an item.
  tracker.memory.onChange = () => undefined;
  await shown.table.client.send(new PutCommand({ TableName: '', Item: { ...Item, ...attributes } }));
}

test.each([
  ['contributions', { contributions: 'CANARY' }],
  ['marks', { marks: 7 }],
  ['revision', { revision: 'CANARY' }],
  ['redraw', { redraw: 'CANARY' }],
])('with damaged %s', async (_, attributes) => {
  const [bad = '', ...others] = ids;
  await damage(bad, attributes);
  const list = await listTransactions(shown.table, byDueTime('open'), { limit: 100, after: null });
  expect(list.transactions.map(({ id }) => id).sort()).toEqual(others.sort());
  expect((await reviewRedraws(shown, 'open', march(9))).open).toBe(2);
  expect((await listOwned(shown, march(9), march(10))).get('ann')).toHaveLength(2);
  expect((await search(shown, bad.slice(0, 13))).matches).toEqual([]);
  expect(new Set(reported)).toEqual(new Set([`TX#${bad}`]));
  expect(await tracker.sweep(march(9))).toMatchObject({ flagged: 2, skipped: 1 });
});

test('a critical result counts although the transaction of its order is damaged', async () => {
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(criticalResult(2, march(7)), march(7));
  await damage(TRANSACTION, { contributions: 'CANARY' });
  expect(await countCriticalResults(shown, march(9), 1)).toMatchObject({ open: 1, overdue: 1 });
  expect((await listOwned(shown, march(9), march(10))).get('ann')).toHaveLength(3);
  expect(reported).toContain(`TX#${TRANSACTION}`);
});

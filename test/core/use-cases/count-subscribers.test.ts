import { expect, test } from 'vitest';
import { countSubscribers } from '../../../core/use-cases/count-subscribers.ts';
import { MemoryTable } from '../../../tools/verification/memory-table/memory-table.ts';
import { march } from '../../../tools/verification/oracle/bodies.ts';
import { instant } from './sweep/scene/tracker.ts';

const topics = [
  { arn: 'arn:operators', atLeast: 1 },
  { arn: 'arn:pager', atLeast: 0 },
];

/** What each run finds missing, by topic. */
async function missing(...runs: [at: string, operators: number, pager: number][]) {
  const table = new MemoryTable();
  const found: string[] = [];
  for (const [at, operators, pager] of runs) {
    const confirmedOf = async (arn: string) => (arn === 'arn:operators' ? operators : pager);
    const counts = await countSubscribers(table, topics, confirmedOf, instant(at));
    found.push(counts.map((count) => count.missing).join(' '));
  }
  return found;
}

test('the operators need one subscriber from the first, the pager none', async () => {
  expect(await missing([march(5), 0, 0], [march(6), 1, 0], [march(7), 0, 0])).toEqual(['1 0', '0 0', '1 0']);
});

test('a subscription that ended is missing until there is another one', async () => {
  expect(await missing([march(5), 3, 1], [march(6), 1, 0], [march(7), 2, 1], [march(8), 3, 1])).toEqual([
    '0 0',
    '2 1',
    '1 0',
    '0 0',
  ]);
});

test('a lower number counts as intended after a week, except where there is none left that is needed', async () => {
  const runs: Parameters<typeof missing> = [
    [march(5), 2, 1],
    [march(6), 1, 0],
    [march(12, '23:59:59'), 1, 0],
    [march(13), 1, 0],
    [march(14), 0, 0],
    [march(22), 0, 0],
  ];
  expect(await missing(...runs)).toEqual(['0 0', '1 1', '1 1', '0 0', '1 0', '1 0']);
});

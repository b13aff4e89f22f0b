/** Text from outside stays text in a CSV file: in its cell, and no formula. */
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvOf } from '../../../dashboard/src/table/csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1+1', "'=1+1"],
  ['\n=1+1', "'=1+1"],
  ['=1\n+1', "'=1 +1"],
  ['=1\u2028+1', "'=1 +1"],
  ['a\r\n=1+1', 'a =1+1'],
  ['\u202e=1+1', "'=1+1"],
  ['a,"b";c', 'a,"b";c'],
  ['', ''],
])('%j is the cell %j', async (cell, expected) => {
  const { data } = Papa.parse<object>(await csvOf([{ cell, after: 'x' }]), { header: true });
  expect(data).toEqual([{ cell: expected, after: 'x' }]);
});

test('a number stays a number, and what is unknown stays empty', async () => {
  expect(await csvOf([{ count: -1, name: null }])).toBe('count,name\r\n-1,');
});

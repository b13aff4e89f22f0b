import { expect, test } from 'vitest';
import { displayOf, shownColumns } from '../../../dashboard/src/preferences/preferences.ts';

const columns = ['due', 'stage', 'orders', 'user'].map((id) => ({ id }));

test('a table without preferences shows every column as it comes', () => {
  expect(shownColumns(columns, undefined)).toEqual(columns);
});

test('columns show in the order of the person, without hidden and unknown ones; new ones come in where they belong', () => {
  const chosen = [
    { id: 'user', visible: true },
    { id: 'gone', visible: true },
    { id: 'due', visible: true },
    { id: 'orders', visible: false },
  ];
  expect(shownColumns(columns, chosen).map(({ id }) => id)).toEqual(['user', 'stage', 'due']);
  expect(displayOf(columns, chosen).map(({ id }) => id)).toEqual(['user', 'stage', 'due', 'orders']);
});

import { expect, test } from 'vitest';
import { readViews, withView } from '../../../../dashboard/src/worklist/views/saved-views.ts';

test('saved views survive damage, and a name is saved once', () => {
  const views = withView([{ name: 'a', query: 'due=overdue' }], { name: 'a', query: 'owner=me' });
  expect(views).toEqual([{ name: 'a', query: 'owner=me' }]);
  expect(readViews(JSON.stringify([...views, { name: '' }, null, 1]))).toEqual(views);
  for (const text of [null, '', '{', '{}']) expect(readViews(text)).toEqual([]);
});

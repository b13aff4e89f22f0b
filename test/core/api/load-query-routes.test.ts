import { expect, test } from 'vitest';
import { queryRouteLoaders } from '../../../core/api/load-query-routes.ts';
import { queryRoutes } from '../../../core/api/query-routes.ts';

test('every route of the query function is in the file that is loaded for it', async () => {
  const loaded = Object.entries(queryRouteLoaders).map(async ([key, load]) => [key, await load()]);
  expect(Object.fromEntries(await Promise.all(loaded))).toEqual(queryRoutes);
});

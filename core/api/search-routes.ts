import { json } from '../http/problem.ts';
import { noPath, searchQuery } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { search } from '../use-cases/search.ts';
import type { Answering } from './answering.ts';
import { showMatches } from './representations.ts';

export const searchRoutes = {
  'GET /v1/search': route({ path: noPath, query: searchQuery }, async (answering: Answering, { query }) =>
    json(200, showMatches(await search(answering, query.q))),
  ),
};

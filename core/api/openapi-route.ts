import { noPath, noQuery } from '../http/request-fields.ts';
import { route } from '../http/route.ts';
import type { QueryContext } from './query-context.ts';

export const openApiRoute = {
  'GET /openapi.json': route({ path: noPath, query: noQuery }, async ({ readOpenApi }: QueryContext) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
    body: await readOpenApi(),
  })),
};

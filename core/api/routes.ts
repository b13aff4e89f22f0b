import { noPath, noQuery } from '../http/requests.ts';
import { type Route, route } from '../http/route.ts';
import type { publicRoutes, queryScopes } from '../http/scopes.ts';
import type { Answering } from './answering.ts';
import { openApiDocument } from './openapi/document.ts';
import { orderRoutes } from './order-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import { redrawRoutes } from './redraw-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { summaryRoutes } from './summary-routes.ts';
import { transactionRoutes } from './transaction-routes.ts';

type QueryRoute = keyof typeof queryScopes | (typeof publicRoutes)[number];

let document: string | undefined;

/** Every route of the query function, by API Gateway's route key. */
export const routes: Readonly<Record<QueryRoute, Route<Answering>>> = {
  ...transactionRoutes,
  ...orderRoutes,
  ...redrawRoutes,
  ...searchRoutes,
  ...summaryRoutes,
  ...quarantineRoutes,

  'GET /openapi.json': route({ path: noPath, query: noQuery }, async () => {
    // Made when it is first asked for: no other route waits for it.
    document ??= JSON.stringify(openApiDocument(readsOfRoutes()));
    const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' };
    return { statusCode: 200, headers, body: document };
  }),
};

function readsOfRoutes() {
  return Object.fromEntries(Object.entries(routes).map(([routeKey, { reads }]) => [routeKey, reads]));
}

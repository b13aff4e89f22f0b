import { orderRoutes } from './order-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import { redrawRoutes } from './redraw-routes.ts';
import { resultRoutes } from './result-routes.ts';
import type { Route } from './route.ts';
import type { RouteKey } from './scopes.ts';
import { transactionRoutes } from './transaction-routes.ts';

/** Every route of the query API, by API Gateway's route key. */
export const routes: Readonly<Record<RouteKey, Route>> = {
  ...transactionRoutes,
  ...orderRoutes,
  ...redrawRoutes,
  ...resultRoutes,
  ...quarantineRoutes,
};

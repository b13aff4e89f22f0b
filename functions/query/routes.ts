import type { Route } from '../http/route.ts';
import type { queryScopes } from '../http/scopes.ts';
import type { Answering } from './answering.ts';
import { orderRoutes } from './order-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import { redrawRoutes } from './redraw-routes.ts';
import { summaryRoutes } from './summary-routes.ts';
import { transactionRoutes } from './transaction-routes.ts';

/** Every route of the query function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof queryScopes, Route<Answering>>> = {
  ...transactionRoutes,
  ...orderRoutes,
  ...redrawRoutes,
  ...summaryRoutes,
  ...quarantineRoutes,
};

import type { Route } from '../http/route.ts';
import type { publicRoutes, queryScopes } from '../http/route-scopes.ts';
import { changeRoutes } from './changes/routes.ts';
import { criticalResultRoutes } from './critical-results/routes.ts';
import { handlingRoutes } from './handling/routes.ts';
import { insightRoutes } from './insights/routes.ts';
import { junctionNoticeRoutes } from './junction-notices/routes.ts';
import { matchReviewRoutes } from './match-reviews/routes.ts';
import { openApiRoute } from './openapi-route.ts';
import { orderRoutes } from './orders/routes.ts';
import type { QueryContext } from './query-context.ts';
import { redrawRoutes } from './redraws/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { stalledOrderRoutes } from './stalled-orders/routes.ts';
import { summaryRoutes } from './summary/routes.ts';
import { transactionRoutes } from './transactions/routes.ts';
import { viewRoutes } from './views/routes.ts';

export type QueryRoute = keyof typeof queryScopes | (typeof publicRoutes)[number];

/** The routes of the query function, by API Gateway's route key. */
export const queryRoutes: Readonly<Record<QueryRoute, Route<QueryContext>>> = {
  ...transactionRoutes,
  ...orderRoutes,
  ...stalledOrderRoutes,
  ...redrawRoutes,
  ...handlingRoutes,
  ...matchReviewRoutes,
  ...criticalResultRoutes,
  ...searchRoutes,
  ...summaryRoutes,
  ...changeRoutes,
  ...junctionNoticeRoutes,
  ...insightRoutes,
  ...viewRoutes,
  ...openApiRoute,
};

import type { Route, RouteLoader } from '../http/route.ts';
import type { QueryContext } from './query-context.ts';
import type { QueryRoute } from './query-routes.ts';

type Routes = Promise<Readonly<Record<string, Route<QueryContext>>>>;

const transactions = (): Routes => import('./transactions/routes.ts').then((file) => file.transactionRoutes);
const orders = (): Routes => import('./orders/routes.ts').then((file) => file.orderRoutes);
const stalledOrders = (): Routes =>
  import('./stalled-orders/routes.ts').then((file) => file.stalledOrderRoutes);
const redraws = (): Routes => import('./redraws/routes.ts').then((file) => file.redrawRoutes);
const handling = (): Routes => import('./handling/routes.ts').then((file) => file.handlingRoutes);
const matchReviews = (): Routes => import('./match-reviews/routes.ts').then((file) => file.matchReviewRoutes);
const criticalResults = (): Routes =>
  import('./critical-results/routes.ts').then((file) => file.criticalResultRoutes);
const search = (): Routes => import('./search/routes.ts').then((file) => file.searchRoutes);
const summary = (): Routes => import('./summary/routes.ts').then((file) => file.summaryRoutes);
const changes = (): Routes => import('./changes/routes.ts').then((file) => file.changeRoutes);
const junctionNotices = (): Routes =>
  import('./junction-notices/routes.ts').then((file) => file.junctionNoticeRoutes);
const insights = (): Routes => import('./insights/routes.ts').then((file) => file.insightRoutes);
const views = (): Routes => import('./views/routes.ts').then((file) => file.viewRoutes);
const openApi = (): Routes => import('./openapi-route.ts').then((file) => file.openApiRoute);

/** The file with each route. */
const files: Readonly<Record<QueryRoute, () => Routes>> = {
  'GET /v1/transactions': transactions,
  'GET /v1/transactions/{id}': transactions,
  'GET /v1/users/{user_id}/transactions': transactions,
  'GET /v3/order_transaction/{id}': transactions,
  'GET /v1/orders/{id}': orders,
  'PUT /v1/orders/{id}': orders,
  'GET /v1/orders': stalledOrders,
  'PUT /v1/orders/{id}/acknowledgement': stalledOrders,
  'DELETE /v1/orders/{id}/acknowledgement': stalledOrders,
  'GET /v1/redraws': redraws,
  'POST /v1/redraws/acknowledgements': redraws,
  'POST /v1/redraws/withdrawals': redraws,
  'PUT /v1/redraws/{transaction_id}/acknowledgement': redraws,
  'DELETE /v1/redraws/{transaction_id}/acknowledgement': redraws,
  'PUT /v1/transactions/{id}/assignment': handling,
  'DELETE /v1/transactions/{id}/assignment': handling,
  'PUT /v1/transactions/{id}/review': handling,
  'DELETE /v1/transactions/{id}/review': handling,
  'GET /v1/transactions/{id}/notes': handling,
  'POST /v1/transactions/{id}/notes': handling,
  'GET /v1/match-reviews': matchReviews,
  'GET /v1/match-reviews/{id}': matchReviews,
  'GET /v1/critical-results': criticalResults,
  'PUT /v1/orders/{id}/critical-result/acknowledgement': criticalResults,
  'GET /v1/search': search,
  'GET /v1/summary': summary,
  'GET /v1/changes': changes,
  'GET /v1/junction/notices': junctionNotices,
  'GET /v1/insights': insights,
  'GET /v1/views': views,
  'PUT /v1/views/{id}': views,
  'DELETE /v1/views/{id}': views,
  'GET /openapi.json': openApi,
};

/** The routes of the query function. The code of a route is loaded with its first request, because the function starts faster without it. */
export const queryRouteLoaders: Readonly<Record<string, RouteLoader<QueryContext>>> = Object.fromEntries(
  Object.entries(files).map(([key, load]) => [
    key,
    async () => {
      const route = (await load())[key];
      if (!route) throw new Error(`There is no route ${key} in its file.`);
      return route;
    },
  ]),
);

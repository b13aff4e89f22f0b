// API Gateway checks the scopes: lib/api/api-gateway.ts makes each route's authorizer from these lists.

/** The scope that each route of the query function requires, by API Gateway's route key. */
export const queryScopes = {
  'GET /v1/transactions': 'transactions/read',
  'GET /v1/transactions/{id}': 'transactions/read',
  'GET /v1/users/{user_id}/transactions': 'transactions/read',
  'GET /v1/orders/{id}': 'transactions/read',
  'PUT /v1/orders/{id}': 'orders/write',
  'GET /v1/redraws': 'transactions/read',
  'POST /v1/redraws/acknowledgements': 'redraws/write',
  'POST /v1/redraws/withdrawals': 'redraws/write',
  'PUT /v1/redraws/{transaction_id}/acknowledgement': 'redraws/write',
  'DELETE /v1/redraws/{transaction_id}/acknowledgement': 'redraws/write',
  'PUT /v1/transactions/{id}/assignment': 'redraws/write',
  'DELETE /v1/transactions/{id}/assignment': 'redraws/write',
  'PUT /v1/transactions/{id}/review': 'results/read',
  'DELETE /v1/transactions/{id}/review': 'results/read',
  'GET /v1/transactions/{id}/notes': 'transactions/read',
  'POST /v1/transactions/{id}/notes': 'redraws/write',
  'GET /v1/orders': 'transactions/read',
  'PUT /v1/orders/{id}/acknowledgement': 'redraws/write',
  'DELETE /v1/orders/{id}/acknowledgement': 'redraws/write',
  'GET /v1/match-reviews': 'transactions/read',
  'GET /v1/match-reviews/{id}': 'transactions/read',
  'GET /v1/critical-results': 'results/read',
  'PUT /v1/orders/{id}/critical-result/acknowledgement': 'results/read',
  'GET /v1/search': 'transactions/read',
  'GET /v1/summary': 'transactions/read',
  'GET /v1/changes': 'transactions/read',
  'GET /v1/junction/notices': 'transactions/read',
  'GET /v1/insights': 'transactions/read',
  'GET /v1/views': 'transactions/read',
  'PUT /v1/views/{id}': 'redraws/write',
  'DELETE /v1/views/{id}': 'redraws/write',
  'GET /v3/order_transaction/{id}': 'transactions/read',
} as const;

export const quarantineScopes = {
  'GET /v1/quarantine': 'quarantine/write',
  'POST /v1/quarantine/{id}/replay': 'quarantine/write',
  'POST /v1/quarantine/replays': 'quarantine/write',
  'PUT /v1/quarantine/{id}/dismissal': 'quarantine/write',
} as const;

export const resultScopes = {
  'GET /v1/transactions/{id}/results': 'results/read',
  'GET /v1/transactions/{id}/results.pdf': 'results/read',
  'GET /v1/orders/{id}/results': 'results/read',
  'GET /v1/orders/{id}/results.pdf': 'results/read',
  'GET /v1/orders/{id}/requisition.pdf': 'results/read',
  'GET /v1/transactions/{id}/patient': 'results/read',
} as const;

/** Served by the reconcile function, which asks Junction before it changes anything. */
export const reconcileScopes = {
  'POST /v1/transactions/{id}/reconcile': 'transactions/reconcile',
  'POST /v1/orders/{id}/discard': 'maintain/write',
  'POST /v1/transactions/{id}/discard': 'maintain/write',
  'POST /v1/match-reviews/{id}/discard': 'maintain/write',
} as const;

export const historyScopes = {
  'GET /v1/summary/history': 'transactions/read',
} as const;

/** Served by the history function, the only one with a CloudWatch client. */
export const alarmScopes = {
  'GET /v1/alarms': 'transactions/read',
} as const;

/** The routes of the people function, which a deployment has only with a user pool for the dashboard. */
export const peopleScopes = {
  'GET /v1/people': 'redraws/write',
} as const;

/** Routes without authorization. They must not give any data. */
export const publicRoutes = ['GET /openapi.json'] as const;

/** Every route that each deployment has, with its scope; null if it needs no authorization. */
export const routeScopes = {
  ...queryScopes,
  ...resultScopes,
  ...reconcileScopes,
  ...quarantineScopes,
  ...historyScopes,
  ...alarmScopes,
  'GET /openapi.json': null,
} as const;

/** Every route, also of what a deployment can switch on. */
export const allRouteScopes = {
  ...routeScopes,
  ...peopleScopes,
} as const;

export type RouteKey = keyof typeof allRouteScopes;

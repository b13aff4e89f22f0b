/** The scope of each route. The routes exist only where ordering is switched on. */
export const orderingScopes = {
  'POST /v1/orders': 'orders/place',
  'POST /v1/orders/{id}/cancel': 'orders/place',
  'GET /v1/orders/{id}/appointment/availability': 'appointments/write',
  'GET /v1/orders/{id}/appointment/cancellation-reasons': 'appointments/write',
  'POST /v1/orders/{id}/appointment': 'appointments/write',
  'PATCH /v1/orders/{id}/appointment': 'appointments/write',
  'DELETE /v1/orders/{id}/appointment': 'appointments/write',
  'POST /v1/orders/{id}/portal-link': 'portal/link',
} as const;

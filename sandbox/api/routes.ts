import { type ApiAnswer, type ApiRequest, ok, type RouteContext, refused, Unprocessable } from './api.ts';
import { readId, readOrderIds, readOrderQuery } from './order-query.ts';
import { resultReport } from './result-report.ts';

type Answer = (context: RouteContext, request: ApiRequest, id: string) => ApiAnswer;

/** The routes of Junction's API for orders, named as in the API reference. */
const ROUTES = {
  'POST /v3/order/resend_events': ({ junction, resend }, { body }) => {
    const orderIds = readOrderIds(body).filter((id) => junction.order(id) !== null);
    resend(orderIds);
    return ok({ order_ids: orderIds });
  },
  'GET /v3/orders': ({ junction }, { query }) => {
    const { filter, page, size } = readOrderQuery(query);
    return ok(junction.page(filter, page, size));
  },
  'GET /v3/order/{order_id}': ({ junction }, _, id) => found(junction.order(id), 'Order'),
  'POST /v3/order/{order_id}/cancel': ({ junction, resend }, _, id) => {
    const outcome = junction.cancel(id);
    if (outcome === 'unknown') return refused(404, 'Order not found');
    if (typeof outcome === 'object') return notCancellable(outcome.refusedIn);
    resend([id]);
    return ok({ order: junction.order(id), status: 'success', message: 'Order cancelled' });
  },
  'GET /v3/order/{order_id}/result': ({ junction }, _, id) => found(junction.results(id), 'Results'),
  'GET /v3/order/{order_id}/result/metadata': ({ junction }, _, id) =>
    found(junction.results(id)?.metadata ?? null, 'Results'),
  'GET /v3/order/{order_id}/result/pdf': ({ junction }, _, id) => pdf(junction.results(id)),
  'GET /v3/order/{order_id}/psc/appointment': (context, _, id) =>
    appointment(context, id, 'patient_service_center'),
  'GET /v3/order/{order_id}/phlebotomy/appointment': (context, _, id) =>
    appointment(context, id, 'phlebotomy'),
  'GET /v3/order_transaction/{transaction_id}': ({ junction }, _, id) =>
    found(junction.transaction(id), 'Order transaction'),
  'GET /v3/order_transaction/{transaction_id}/result': ({ junction }, _, id) =>
    found(junction.transactionResults(id), 'Results'),
  'GET /v3/order_transaction/{transaction_id}/result/pdf': ({ junction }, _, id) =>
    pdf(junction.transactionResults(id)),
} satisfies Record<string, Answer>;

export type RouteName = keyof typeof ROUTES | 'unknown';

interface Route {
  name: RouteName;
  method: string;
  path: RegExp;
  /** The name of the id in the path; null if there is none. */
  idName: string | null;
  answer: Answer;
}

const TABLE: readonly Route[] = Object.entries<Answer>(ROUTES).map(([name, answer]) => {
  const [method = '', template = ''] = name.split(' ');
  const idName = /\{(\w+)\}/.exec(template)?.[1] ?? null;
  const path = new RegExp(`^${template.replace(/\{\w+\}/, '([^/]+)')}$`);
  return { name: name as RouteName, method, path, idName, answer };
});

export function routeOf({ method, path }: Pick<ApiRequest, 'method' | 'path'>): RouteName {
  return find(method, path)?.name ?? 'unknown';
}

export function answerOf(context: RouteContext, request: ApiRequest): ApiAnswer {
  const route = find(request.method, request.path);
  if (!route) return refused(404, 'Not Found');
  try {
    const text = decodeURIComponent(route.path.exec(request.path)?.[1] ?? '');
    return route.answer(context, request, route.idName === null ? '' : readId('path', route.idName, text));
  } catch (error) {
    if (error instanceof Unprocessable) return error.answer;
    throw error;
  }
}

function find(method: string, path: string): Route | undefined {
  return TABLE.find((route) => route.method === method && route.path.test(path));
}

/** As on Junction's page about cancelling an order. */
function notCancellable(low: string): ApiAnswer {
  const message = `Transition from ${low} to cancelled is not allowed`;
  return { status: 400, body: { error: 'Bad Request', message, status_code: 400 } };
}

function found(body: unknown, what: string): ApiAnswer {
  return body === null ? refused(404, `${what} not found`) : ok(body);
}

function pdf(results: Parameters<typeof resultReport>[0] | null): ApiAnswer {
  if (results === null) return refused(404, 'Results not found');
  return { status: 200, body: resultReport(results), headers: { 'content-type': 'application/pdf' } };
}

function appointment({ junction }: RouteContext, orderId: string, type: string): ApiAnswer {
  const booked = junction.appointment(orderId);
  return found(booked?.type === type ? booked : null, 'Appointment');
}

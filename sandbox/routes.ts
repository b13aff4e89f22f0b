import type { Junction, OrderFilter } from './junction.ts';
import { instantOf } from './time.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The parsed JSON body, undefined where there is none. */
  body: unknown;
}

export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** What a route may use; `resend` sends the order's present state to the team's endpoint. */
export interface Behind {
  junction: Junction;
  resend(orderIds: readonly string[]): void;
}

interface Route {
  method: string;
  /** Groups become the arguments of `answer`. */
  path: RegExp;
  answer(behind: Behind, request: ApiRequest, ...groups: string[]): ApiAnswer;
}

/** Junction's routes that a consumer of orders calls. */
const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v3\/order\/resend_events$/,
    answer: ({ junction, resend }, { body }) => {
      const asked = (body as { order_ids?: unknown } | undefined)?.order_ids ?? [];
      if (!Array.isArray(asked)) return invalid('order_ids', 'Input should be a valid list');
      const orderIds = asked.map(String).filter((id) => junction.order(id) !== null);
      resend(orderIds);
      return { status: 200, body: { order_ids: orderIds } };
    },
  },
  {
    method: 'GET',
    path: /^\/v3\/order\/([^/]+)$/,
    answer: ({ junction }, _request, id = '') => found(junction.order(id), 'Order'),
  },
  {
    method: 'GET',
    path: /^\/v3\/order_transaction\/([^/]+)$/,
    answer: ({ junction }, _request, id = '') => found(junction.transaction(id), 'Order transaction'),
  },
  {
    method: 'GET',
    path: /^\/v3\/orders$/,
    answer: ({ junction }, { query }) => {
      const page = Number(query.get('page') ?? 1);
      const size = Number(query.get('size') ?? 50);
      if (!Number.isInteger(page) || page < 1)
        return invalid('page', 'Input should be greater than or equal to 1');
      if (!Number.isInteger(size) || size < 1 || size > 100)
        return invalid('size', 'Input should be 1 to 100');
      const all = junction.orders(filterOf(query));
      return {
        status: 200,
        body: { orders: all.slice((page - 1) * size, page * size), total: all.length, page, size },
      };
    },
  },
];

export function answerOf(behind: Behind, request: ApiRequest): ApiAnswer {
  for (const route of ROUTES) {
    const match = route.path.exec(request.path);
    if (match && route.method === request.method) {
      return route.answer(behind, request, ...match.slice(1).map(decodeURIComponent));
    }
  }
  return { status: 404, body: { detail: 'Not Found' } };
}

function found(body: unknown, what: string): ApiAnswer {
  return body === null ? { status: 404, body: { detail: `${what} not found` } } : { status: 200, body };
}

function invalid(field: string, msg: string): ApiAnswer {
  return { status: 422, body: { detail: [{ loc: ['query', field], msg, type: 'value_error' }] } };
}

function filterOf(query: URLSearchParams): OrderFilter {
  const time = (name: string) => {
    const date = new Date(query.get(name) ?? '');
    return Number.isNaN(date.getTime()) ? null : instantOf(date);
  };
  return {
    orderIds: query.getAll('order_ids'),
    transactionId: query.get('order_transaction_id'),
    userId: query.get('user_id'),
    statuses: query.getAll('status'),
    createdFrom: time('start_date'),
    createdTo: time('end_date'),
    updatedFrom: time('updated_start_date'),
    updatedTo: time('updated_end_date'),
  };
}

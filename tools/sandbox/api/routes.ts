import { type Answer, type ApiAnswer, type ApiRequest, answered, type RouteContext, refused } from './api.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { readId } from './query.ts';
import { resultRoutes } from './result-routes.ts';
import { unmatchedRoutes } from './unmatched-routes.ts';
import { userRoutes } from './user-routes.ts';

/** The routes of Junction's API that concern lab orders, named as in the API reference. Fixed paths come first. */
export const ROUTES = {
  ...catalogueRoutes,
  ...userRoutes,
  ...appointmentRoutes,
  ...orderRoutes,
  ...resultRoutes,
  ...unmatchedRoutes,
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
  return answered(() => {
    const text = decodeURIComponent(route.path.exec(request.path)?.[1] ?? '');
    return route.answer(context, request, route.idName === null ? '' : readId('path', route.idName, text));
  });
}

function find(method: string, path: string): Route | undefined {
  return TABLE.find((route) => route.method === method && route.path.test(path));
}

import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Problem, problemDetails } from './problem.ts';
import type { Answer, Route } from './route.ts';

/** What is written to the API is short; API Gateway takes 10 MB. */
const MAX_BODY_BYTES = 65_536;

/**
 * The handler of a function that answers these routes. Who may ask, API Gateway has checked before. What goes wrong is
 * given to `report` and answered without a word of the inside.
 */
export function httpFunction<From>(
  routes: Readonly<Record<string, Route<From>>>,
  from: From,
  report: (error: unknown) => void,
) {
  return middy<APIGatewayProxyEventV2, Answer>()
    .use(problemDetails(report, () => new Problem(500, 'Something went wrong here; try again.')))
    .handler(async (event: APIGatewayProxyEventV2, context: Context): Promise<Answer> => {
      const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
      if (!route) throw new Problem(404, 'There is no such route.');
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      if (body.length > MAX_BODY_BYTES) throw new Problem(413, 'The body is larger than 64 KiB.');
      return route.answer(from, {
        path: event.pathParameters ?? {},
        query: event.queryStringParameters ?? {},
        repeated: repeatedIn(event.rawQueryString),
        body,
        timeLeft: () => context.getRemainingTimeInMillis(),
      });
    });
}

function repeatedIn(queryString: string): string[] {
  const names = [...new URLSearchParams(queryString).keys()];
  return names.filter((name, at) => names.indexOf(name) !== at);
}

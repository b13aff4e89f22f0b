import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context as InvocationContext } from 'aws-lambda';
import { Problem, problemDetails } from './problem.ts';
import type { Answer, Route } from './route.ts';

/** Request bodies are short; API Gateway would accept 10 MB. */
const MAX_BODY_BYTES = 65_536;

/**
 * The handler of a function that answers these routes. API Gateway has already checked the token and its scope. Errors
 * other than a Problem go to `report`, and their answers say nothing about the cause.
 */
export function httpFunction<Context>(
  routes: Readonly<Record<string, Route<Context>>>,
  context: Context,
  report: (error: unknown) => void,
) {
  return middy<APIGatewayProxyEventV2, Answer>()
    .use(problemDetails(report, () => new Problem(500, 'Internal error. Try again.')))
    .handler(async (event: APIGatewayProxyEventV2, invocation: InvocationContext): Promise<Answer> => {
      const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
      if (!route) throw new Problem(404, 'No such route.');
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      if (body.length > MAX_BODY_BYTES) throw new Problem(413, 'The body is larger than 64 KiB.');
      return route.answer(context, {
        path: event.pathParameters ?? {},
        query: event.queryStringParameters ?? {},
        repeated: repeatedIn(event.rawQueryString),
        body,
        timeLeft: () => invocation.getRemainingTimeInMillis(),
      });
    });
}

function repeatedIn(queryString: string): string[] {
  const names = [...new URLSearchParams(queryString).keys()];
  return names.filter((name, at) => names.indexOf(name) !== at);
}

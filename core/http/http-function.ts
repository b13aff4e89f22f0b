import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context as InvocationContext } from 'aws-lambda';
import type { AuditTrail } from '../audit/audit-entry.ts';
import { isUnavailable } from '../aws/unavailable.ts';
import { audited, auditShownResults } from './audited.ts';
import { identityOf, scopesOf } from './identity.ts';
import { Problem, problemDetails, problemOf } from './problem.ts';
import { RequestBody } from './request-body.ts';
import type { Answer, RawRequest, Route, RouteLoader } from './route.ts';

/**
 * The handler of a function that answers these routes. API Gateway has already checked the token and its scope. Errors
 * other than a Problem go to `report`, and their answers say nothing about the cause.
 *
 * @param trail where entries are written, of audited routes and of what answers say about results; without it, a function must
 *   have neither
 */
export function httpFunction<Context>(
  routes: Readonly<Record<string, Route<Context> | RouteLoader<Context>>>,
  context: Context,
  report: (error: unknown) => void,
  trail?: AuditTrail,
) {
  const unaudited = Object.keys(routes).find((key) => needsTrail(routes[key]) && !trail);
  if (unaudited !== undefined) throw new Error(`${unaudited} needs an audit trail.`);
  const statusOf = (error: unknown) => (problemOf(error) ?? internalProblem(error)).status;
  const problemFor = (error: unknown) => {
    const shown = problemOf(error);
    if (!shown) report(error);
    return shown ?? internalProblem(error);
  };
  return middy<APIGatewayProxyEventV2, Answer>()
    .use(problemDetails(report, internalProblem))
    .handler(async (event: APIGatewayProxyEventV2, invocation: InvocationContext): Promise<Answer> => {
      const { routeKey } = event;
      const found = Object.hasOwn(routes, routeKey) ? routes[routeKey] : undefined;
      if (!found) throw new Problem(404, 'The route does not exist.');
      const route = typeof found === 'function' ? await found() : found;
      const request = { ...requestOf(event, invocation, route.request.maxBodyBytes), problemFor };
      const respond = async () => {
        request.body.assertSize();
        return route.answer(context, request);
      };
      const { audit } = route;
      if (!trail) return respond();
      const asked = { request, route: routeKey, requestId: event.requestContext?.requestId ?? null };
      const auditing = { trail, report, statusOf };
      if (!audit) return auditShownResults(auditing, asked, await respond());
      const answer = await audited(auditing, { audit, ...asked }, respond);
      // A route that reads results has written its own entry.
      return audit.changes ? auditShownResults(auditing, asked, answer) : answer;
    });
}

/** Whether a route is audited, or may be: a route that is loaded later is not known yet. */
const needsTrail = <Context>(route: Route<Context> | RouteLoader<Context> | undefined) =>
  typeof route === 'function' || route?.audit !== undefined;

function requestOf(
  event: APIGatewayProxyEventV2,
  invocation: InvocationContext,
  maxBodyBytes: number | undefined,
): Omit<RawRequest, 'problemFor'> {
  return {
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    repeated: repeatedIn(event.rawQueryString),
    headers: event.headers ?? {},
    body: new RequestBody(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8', maxBodyBytes),
    // API Gateway says that it is https.
    origin: `${event.headers?.['x-forwarded-proto'] ?? 'http'}://${event.requestContext.domainName}`,
    identity: () => identityOf(event),
    hasScope: (scope) => scopesOf(event).has(scope),
    timeLeft: () => invocation.getRemainingTimeInMillis(),
  };
}

/** In seconds. Long enough for throttling to end, short enough for a person who is waiting. */
const RETRY_AFTER = '5';

function internalProblem(error: unknown): Problem {
  return isUnavailable(error)
    ? new Problem(503, 'The store is currently unavailable. Try again.', { 'retry-after': RETRY_AFTER })
    : new Problem(500, 'Internal error.');
}

function repeatedIn(queryString: string): string[] {
  const names = [...new URLSearchParams(queryString).keys()];
  return names.filter((name, at) => names.indexOf(name) !== at);
}

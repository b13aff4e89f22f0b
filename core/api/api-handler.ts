import type { AuditTrail } from '../audit/audit-entry.ts';
import { httpFunction } from '../http/http-function.ts';
import type { Route, RouteLoader } from '../http/route.ts';
import { apiRequestId, identified } from '../telemetry/invocation.ts';
import { errorFields, logger } from '../telemetry/logger.ts';

/**
 * The handler of a function that answers routes of the API. Its log lines carry API Gateway's id of the request.
 *
 * @param trail where audited routes write their entries; without it, a function must have none
 * @param fieldsOf the fields to log for an unexpected error
 */
export function apiHandler<Context>(
  routes: Readonly<Record<string, Route<Context> | RouteLoader<Context>>>,
  context: Context,
  trail?: AuditTrail,
  fieldsOf: (error: unknown) => Readonly<Record<string, unknown>> = errorFields,
) {
  const report = (error: unknown) => logger.error('request failed', fieldsOf(error));
  return identified(httpFunction(routes, context, report, trail), apiRequestId);
}

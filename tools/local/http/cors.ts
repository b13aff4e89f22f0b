import type { CorsRules } from '../runtime/routes.ts';
import type { HttpRequest } from './http-event.ts';
import type { HttpResponse } from './http-response.ts';

/** API Gateway answers preflight requests itself, without a route. */
export function preflightResponse(
  rules: CorsRules | undefined,
  request: HttpRequest,
): HttpResponse | undefined {
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
  if (!rules || !isPreflight) return undefined;
  const allowed = corsHeaders(rules, request);
  if (Object.keys(allowed).length === 0) return { status: 204, headers: {}, body: Buffer.alloc(0) };
  const headers = {
    ...allowed,
    'access-control-allow-methods': rules.methods.join(','),
    'access-control-allow-headers': rules.headers.join(','),
  };
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** @returns no headers if the request has no origin, or one that is not allowed */
export function corsHeaders(rules: CorsRules | undefined, request: HttpRequest): Record<string, string> {
  const origin = request.headers.get('origin')?.[0];
  if (!rules || origin === undefined) return {};
  const allowed = ['*', origin].find((one) => rules.origins.includes(one));
  if (allowed === undefined) return {};
  const headers: Record<string, string> = { 'access-control-allow-origin': allowed };
  if (rules.exposedHeaders.length > 0)
    headers['access-control-expose-headers'] = rules.exposedHeaders.join(',');
  return headers;
}

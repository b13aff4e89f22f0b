import { isUtf8 } from 'node:buffer';
import type { RouteMatch } from '../runtime/routes.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';

export interface HttpRequest {
  /** As API Gateway names it in the event and in the access log. */
  id: string;
  method: string;
  /** As received, with the query. */
  url: string;
  /** Name in lower case → values in the order received. */
  headers: Map<string, string[]>;
  body: Buffer;
  sourceIp: string;
  receivedAt: Date;
}

export interface Authorization {
  claims: Record<string, unknown>;
  scopes: string[] | null;
}

/**
 * API Gateway's event for a function, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(
  request: HttpRequest,
  match: RouteMatch,
  authorization: Authorization | undefined,
  apiId: string,
) {
  const { path, query } = splitUrl(request.url);
  const headers = Object.fromEntries(
    [...request.headers]
      .filter(([name]) => name !== 'cookie')
      .map(([name, values]) => [name, values.join(',')]),
  );
  const cookies = (request.headers.get('cookie') ?? [])
    .flatMap((value) => value.split(/;\s*/))
    .filter(Boolean);
  const parameters = queryParameters(query);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId,
      ...(authorization && {
        authorizer: { jwt: { claims: textClaims(authorization.claims), scopes: authorization.scopes } },
      }),
      domainName: headers.host ?? `${apiId}.execute-api.${REGION}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.id,
      routeKey: match.route.routeKey,
      stage: '$default',
      time: commonLogTime(request.receivedAt),
      timeEpoch: request.receivedAt.getTime(),
    },
    ...eventBody(request.body, headers['content-type']),
  };
}

export function splitUrl(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

function queryParameters(query: string): Record<string, string> | undefined {
  if (query === '') return undefined;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  // A plain assignment would lose a parameter named `__proto__`.
  return Object.fromEntries(values);
}

function eventBody(body: Buffer, contentType: string | undefined) {
  if (body.length === 0) return { isBase64Encoded: false };
  // API Gateway does not document how it passes bytes that are not text under a text type. Base64 loses nothing.
  if (isText(contentType) && isUtf8(body)) return { body: body.toString('utf8'), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
}

function isText(contentType = ''): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^text\/|^application\/(json|javascript|xml)$|\+(json|xml)$/.test(type);
}

/** API Gateway passes all claims as text, and a list as `[a b]`. */
function textClaims(claims: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}

/** `12/Mar/2020:19:03:58 +0000` */
export function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}

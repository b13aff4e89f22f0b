/** A request to the query API as API Gateway passes it on, with its authorizer's claims. */
export function queryEvent(
  routeKey: string,
  { path = {}, query = {} }: { path?: Record<string, string>; query?: Record<string, string> } = {},
): object {
  return {
    version: '2.0',
    routeKey,
    pathParameters: path,
    queryStringParameters: query,
    headers: {},
    requestContext: {
      requestId: 'bench',
      http: { method: 'GET', path: '/' },
      authorizer: { jwt: { claims: { sub: 'bench', client_id: 'bench' }, scopes: null } },
    },
    isBase64Encoded: false,
  };
}

import { noPath, noQuery } from '../http/request-fields.ts';
import { route } from '../http/route.ts';
import type { QueryContext } from './query-context.ts';

/** The addresses in the document of the repository: those of `npm start`. */
export const DOCUMENTED = {
  api: 'http://127.0.0.1:8787',
  tokenEndpoint: 'http://127.0.0.1:8787/oauth2/token',
} as const;

export const openApiRoute = {
  'GET /openapi.json': route(
    { path: noPath, query: noQuery },
    async ({ readOpenApi, tokensFrom }: QueryContext, { origin }) => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
      // Plain http is the local stack, which has a token endpoint of its own.
      body: servedAt(origin, origin.startsWith('https:') ? tokensFrom : undefined, await readOpenApi()),
    }),
  ),
};

/**
 * The document with the addresses of the deployment.
 *
 * @param tokensFrom the token endpoint, or the discovery document of another issuer
 */
function servedAt(origin: string, tokensFrom = `${origin}/oauth2/token`, document: string): string {
  const { components, ...rest } = JSON.parse(
    document.replaceAll(DOCUMENTED.tokenEndpoint, tokensFrom).replaceAll(DOCUMENTED.api, origin),
  );
  if (tokensFrom.endsWith('/.well-known/openid-configuration')) {
    const { description } = components.securitySchemes.oauth2;
    const openId = { type: 'openIdConnect', description, openIdConnectUrl: tokensFrom };
    components.securitySchemes = { ...components.securitySchemes, oauth2: openId };
  }
  return JSON.stringify({ ...rest, components });
}

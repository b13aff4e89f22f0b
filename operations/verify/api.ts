import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { type Check, failed, passed, skipped } from './check.ts';
import type { Deployment } from './deployment.ts';

const answered = z.object({ total: z.number(), newest_webhook_age_seconds: z.number().nullable() });
const tokenAnswer = z.object({ access_token: z.string() });

const ROUTE = '/v1/summary';
const READ = 'transactions/read';

/** Calls the API without a token, and then with one. */
export const apiCheck: Check = {
  name: 'API',
  permissions: ['cognito-idp:DescribeUserPoolClient'],
  async look(deployment) {
    const url = deployment.url + ROUTE;
    const open = await fetch(url);
    if (open.status !== 401) {
      return failed(
        `${url} returned ${open.status} without a token. It must be 401.`,
        open.status === 404
          ? 'Check --url. It must be the output ApiUrl.'
          : 'Deploy again. The route must have an authorizer.',
      );
    }
    const token = deployment.given.token ?? (await requestToken(deployment));
    if (token === undefined) {
      return skipped(
        'Your own issuer issues the tokens. To run this check, set TOKEN to a token with transactions/read.',
      );
    }
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const summary = answered.safeParse(await response.json().catch(() => null));
    if (response.status === 200 && summary.success) {
      return passed(`The API accepts a token. There are ${summary.data.total} transactions.`);
    }
    return failed(`${url} returned ${response.status} with a token.`, REMEDIES[response.status] ?? OTHERWISE);
  },
};

const OTHERWISE = 'Check the log of the query function (docs/operations/runbook.md, "API server errors").';

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'The token has a different issuer or audience, or has expired. Compare it with oidcIssuer and oidcAudience.',
  403: 'The token lacks the scope transactions/read.',
};

/** @returns undefined with an issuer of one's own */
async function requestToken(deployment: Deployment): Promise<string | undefined> {
  const { isLocal, url, outputs } = deployment;
  const endpoint = isLocal ? `${url}/oauth2/token` : outputs.TokenEndpoint;
  if (endpoint === undefined) return undefined;
  const { id, secret } = isLocal ? { id: 'local', secret: 'local' } : await machineClient(deployment);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: READ }),
  });
  if (!response.ok) throw new Error(`${endpoint} returned ${response.status}: ${await response.text()}`);
  return tokenAnswer.parse(await response.json()).access_token;
}

/** The given client, or the first of the stack that may read. */
async function machineClient({ clients, given, outputs }: Deployment) {
  if (given.clientId && given.clientSecret) return { id: given.clientId, secret: given.clientSecret };
  const ids = Object.keys(outputs).filter((name) => name.startsWith('ClientId'));
  for (const ClientId of given.clientId ? [given.clientId] : ids.map((name) => outputs[name])) {
    const { UserPoolClient: client } = await clients.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: outputs.UserPoolId, ClientId }),
    );
    if (client?.AllowedOAuthScopes?.includes(READ)) return { id: ClientId, secret: client.ClientSecret };
  }
  throw new Error(
    `No client of the stack has the scope ${READ}. Add the scope to a client in machineClients, or set TOKEN.`,
  );
}

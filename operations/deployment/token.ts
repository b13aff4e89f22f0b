import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import type { Deployment } from './deployment.ts';

const tokenAnswer = z.object({ access_token: z.string() });

const READ = 'transactions/read';

/** The given token, or a new one with transactions/read. @returns undefined with an issuer of one's own */
export async function readToken(deployment: Deployment): Promise<string | undefined> {
  const { given, isLocal, url, outputs } = deployment;
  if (given.token !== undefined) return given.token;
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

import * as z from 'zod';
import type { HttpApi } from '../runtime/routes.ts';
import type { Template } from '../template/template.ts';

/** A program that gets tokens by client_credentials. Its secret on this machine is always `local`. */
export interface MachineClient {
  id: string;
  scopes: string[];
}

/** The client for people who use the local run. The template does not have it. */
export const LOCAL_CLIENT_ID = 'local';

const clientSchema = z.object({
  AllowedOAuthFlows: z.array(z.string()).default([]),
  AllowedOAuthScopes: z.array(z.string()).default([]),
});

/** @param scopes every scope, which the client of this machine has */
export function readMachineClients(template: Template, scopes: string[]): MachineClient[] {
  const clients = template
    .resources('AWS::Cognito::UserPoolClient')
    .map((id) => ({ id: template.nameOf(id), ...template.read(id, clientSchema) }))
    .filter(({ AllowedOAuthFlows }) => AllowedOAuthFlows.includes('client_credentials'));
  return [
    { id: LOCAL_CLIENT_ID, scopes },
    ...clients.map(({ id, AllowedOAuthScopes }) => ({ id, scopes: AllowedOAuthScopes })),
  ];
}

/** Lets the authorizers of the API accept the client of this machine, beside those of the template. */
export function acceptLocalClient(api: HttpApi | undefined): void {
  const authorizers = new Set((api?.routes ?? []).flatMap(({ authorizer }) => authorizer ?? []));
  for (const { audience } of authorizers) {
    if (!audience.includes(LOCAL_CLIENT_ID)) audience.push(LOCAL_CLIENT_ID);
  }
}

import type { DataDirectory } from '../files/data-directory.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import type { HttpApi } from '../runtime/routes.ts';
import type { Template } from '../template/template.ts';
import { readMachineClients } from './machine-clients.ts';
import { customizedToken } from './pre-token-trigger.ts';
import { issuerOf, readScopes, startTokenIssuer, type TokenIssuer } from './token-issuer.ts';
import { readUserPoolClient } from './user-pool-client.ts';

interface IssuerParts {
  template: Template;
  definitions: FunctionDefinition[];
  functions: ReadonlyMap<string, LocalFunction>;
  api: HttpApi | undefined;
  data: DataDirectory;
}

/** The issuer that the template's routes trust, with its clients and its trigger. */
export function startTemplateIssuer({
  template,
  definitions,
  functions,
  api,
  data,
}: IssuerParts): Promise<TokenIssuer> {
  const userPoolClient = readUserPoolClient(template, definitions);
  return startTokenIssuer({
    data,
    issuer: issuerOf(api),
    machineClients: readMachineClients(template, readScopes(template, api)),
    userPoolClient,
    customizeToken: (user, scopes, source) =>
      customizedToken(userPoolClient, functions, { user, scopes, source }),
  });
}

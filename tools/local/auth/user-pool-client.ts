import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { type FunctionDefinition, functionNamed } from '../runtime/function-definition.ts';
import type { Template } from '../template/template.ts';

/** The user pool client of the page. */
export interface UserPoolClient {
  id: string;
  callbackUrls: string[];
  logoutUrls: string[];
  scopes: string[];
  groups: string[];
  accessTokenSeconds: number;
  refreshTokenSeconds: number;
  /** The pre token generation trigger. */
  trigger: FunctionDefinition | undefined;
}

const clientSchema = z.object({
  AllowedOAuthFlows: z.array(z.string()).default([]),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.coerce.boolean().default(false),
  AccessTokenValidity: z.coerce.number().default(60),
  RefreshTokenValidity: z.coerce.number().default(60 * 24 * 30),
  TokenValidityUnits: z
    .object({ AccessToken: z.literal('minutes'), RefreshToken: z.literal('minutes') })
    .optional(),
});

const poolSchema = z.object({
  LambdaConfig: z
    .object({
      PreTokenGenerationConfig: z
        .object({ LambdaArn: z.string(), LambdaVersion: z.literal('V2_0') })
        .optional(),
    })
    .optional(),
});

const groupSchema = z.object({ GroupName: z.string() });

/** @returns undefined if the template has no client with the authorization code flow */
export function readUserPoolClient(
  template: Template,
  functions: FunctionDefinition[],
): UserPoolClient | undefined {
  const clients = template
    .resources('AWS::Cognito::UserPoolClient')
    .map((logicalId) => ({ logicalId, ...template.read(logicalId, clientSchema) }))
    .filter(({ AllowedOAuthFlows }) => AllowedOAuthFlows.includes('code'));
  const [client] = clients;
  if (!client) return undefined;
  if (clients.length > 1 || client.GenerateSecret)
    throw new Problem(
      'The local run supports one client with the authorization code flow, without a secret.',
    );
  return {
    id: template.nameOf(client.logicalId),
    callbackUrls: client.CallbackURLs,
    logoutUrls: client.LogoutURLs,
    scopes: client.AllowedOAuthScopes,
    groups: template
      .resources('AWS::Cognito::UserPoolGroup')
      .map((group) => template.read(group, groupSchema).GroupName),
    accessTokenSeconds: client.AccessTokenValidity * 60,
    refreshTokenSeconds: client.RefreshTokenValidity * 60,
    trigger: readTrigger(template, functions),
  };
}

function readTrigger(template: Template, functions: FunctionDefinition[]): FunctionDefinition | undefined {
  const [pool] = template.resources('AWS::Cognito::UserPool');
  if (pool === undefined) return undefined;
  const config = template.read(pool, poolSchema).LambdaConfig?.PreTokenGenerationConfig;
  return config && functionNamed(functions, config.LambdaArn);
}

import * as z from 'zod';
import type { LocalFunction } from '../runtime/functions.ts';
import { REGION } from '../template/intrinsics.ts';
import type { UserPoolClient } from './user-pool-client.ts';
import type { LocalUser } from './users.ts';

const resultSchema = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z
      .object({
        accessTokenGeneration: z
          .object({
            claimsToAddOrOverride: z.record(z.string(), z.string()).nullish(),
            scopesToAdd: z.array(z.string()).nullish(),
            scopesToSuppress: z.array(z.string()).nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
});

/** What the trigger decides about an access token. */
export interface TokenGrant {
  scopes: string[];
  claims: Record<string, string>;
}

/**
 * Invokes the template's trigger with Cognito's pre token generation event, version 2.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 * @returns the scopes of the access token and the claims to add to it
 * @throws if the trigger fails: then no token is issued
 */
export async function customizedToken(
  client: UserPoolClient | undefined,
  functions: ReadonlyMap<string, LocalFunction>,
  { user, scopes, source }: { user: LocalUser; scopes: string[]; source: string },
): Promise<TokenGrant> {
  const trigger = client?.trigger && functions.get(client.trigger.name);
  if (!trigger) return { scopes, claims: {} };
  const { sub, email, name, username, groups } = user;
  const event = {
    version: '2',
    triggerSource: source,
    region: REGION,
    userPoolId: `${REGION}_local`,
    userName: username,
    callerContext: { awsSdkVersion: 'local', clientId: client.id },
    request: {
      userAttributes: { sub, email, email_verified: 'true', name, 'cognito:user_status': 'CONFIRMED' },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      scopes,
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
  const result = await trigger.invoke(JSON.stringify(event));
  if (!result.ok) throw new Error(result.failure.errorMessage);
  const { claimsAndScopeOverrideDetails: details } = resultSchema.parse(JSON.parse(result.payload)).response;
  const { claimsToAddOrOverride, scopesToAdd, scopesToSuppress } = details?.accessTokenGeneration ?? {};
  const suppressed = new Set(scopesToSuppress ?? []);
  const granted = [...new Set([...scopes, ...(scopesToAdd ?? [])])].filter((scope) => !suppressed.has(scope));
  return { scopes: granted, claims: claimsToAddOrOverride ?? {} };
}

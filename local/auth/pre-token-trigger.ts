import * as z from 'zod';
import type { LocalFunction } from '../runtime/functions.ts';
import { REGION } from '../template/intrinsics.ts';
import type { PageClient } from './user-pool-client.ts';
import type { LocalPerson } from './users.ts';

const answerSchema = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z
      .object({
        accessTokenGeneration: z
          .object({
            scopesToAdd: z.array(z.string()).nullish(),
            scopesToSuppress: z.array(z.string()).nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
});

/**
 * Asks the template's function what may be in a token, with Cognito's event before it makes one (version 2).
 *
 * @returns the scopes that are left; all of them where the template has no such function
 * @throws what went wrong, because then there is no token
 */
export async function scopesLeft(
  client: PageClient | undefined,
  functions: ReadonlyMap<string, LocalFunction>,
  { person, scopes, source }: { person: LocalPerson; scopes: string[]; source: string },
): Promise<string[]> {
  const trigger = client?.trigger && functions.get(client.trigger.name);
  if (!trigger) return scopes;
  const { sub, email, name, username, groups } = person;
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
  const { claimsAndScopeOverrideDetails: details } = answerSchema.parse(JSON.parse(result.payload)).response;
  const { scopesToAdd, scopesToSuppress } = details?.accessTokenGeneration ?? {};
  const suppressed = new Set(scopesToSuppress ?? []);
  return [...new Set([...scopes, ...(scopesToAdd ?? [])])].filter((scope) => !suppressed.has(scope));
}

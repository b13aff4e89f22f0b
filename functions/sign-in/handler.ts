import * as z from 'zod/mini';
import { grantedScopes, withheldScopes } from '../../core/http/groups.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';

/** The required fields of Cognito's pre token generation event, version 2. */
const tokenRequest = z.looseObject({
  triggerSource: z.string(),
  request: z.looseObject({
    userAttributes: z.looseObject({
      sub: z.string(),
      email: z.optional(z.string()),
      email_verified: z.optional(z.string()),
    }),
    groupConfiguration: z.looseObject({ groupsToOverride: z.nullish(z.array(z.string())) }),
    scopes: z.nullish(z.array(z.string())),
  }),
});

/**
 * Removes the scopes from an access token that the person's groups do not grant, and adds the person's address, under
 * which acknowledgements are stored. If it fails, no token is issued.
 */
async function limitScopes(event: unknown) {
  const { request, triggerSource } = tokenRequest.parse(event);
  const groups = request.groupConfiguration.groupsToOverride ?? [];
  const scopesToSuppress = withheldScopes(groups, request.scopes ?? []);
  const { sub, email, email_verified } = request.userAttributes;
  // Cognito puts the address into the ID token only, which the API does not accept.
  const claimsToAddOrOverride = email !== undefined && email_verified === 'true' ? { email } : {};
  logger.info('token granted', { sub, groups, scopes: grantedScopes(groups), source: triggerSource });
  return {
    ...(event as object),
    response: {
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToSuppress, claimsToAddOrOverride } },
    },
  };
}

export const handler = identified(limitScopes);

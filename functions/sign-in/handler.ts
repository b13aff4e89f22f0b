import * as z from 'zod/mini';
import { logger } from '../../core/telemetry/logger.ts';
import { grantedScopes, withheldScopes } from './groups.ts';

/** Of Cognito's event before it makes tokens (version 2), what the rule needs. */
const tokenRequest = z.looseObject({
  triggerSource: z.string(),
  request: z.looseObject({
    userAttributes: z.looseObject({ sub: z.string() }),
    groupConfiguration: z.looseObject({ groupsToOverride: z.nullish(z.array(z.string())) }),
    scopes: z.nullish(z.array(z.string())),
  }),
});

/** Takes out of an access token what the groups of the person do not give. If it fails, there is no token. */
export async function handler(event: unknown) {
  const { request, triggerSource } = tokenRequest.parse(event);
  const groups = request.groupConfiguration.groupsToOverride ?? [];
  const scopesToSuppress = withheldScopes(groups, request.scopes ?? []);
  const { sub } = request.userAttributes;
  logger.info('token granted', { sub, groups, scopes: grantedScopes(groups), source: triggerSource });
  return {
    ...(event as object),
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToSuppress } } },
  };
}

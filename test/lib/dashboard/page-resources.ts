import type { SynthesizedResource, SynthesizedStack } from '../synthesized-stack.ts';

export function distributionOf(synthesized: SynthesizedStack) {
  return synthesized.only('AWS::CloudFront::Distribution').Properties.DistributionConfig;
}

/** The client with which people sign in. */
export function pageClient(synthesized: SynthesizedStack): [string, SynthesizedResource] {
  const found = Object.entries(synthesized.ofType('AWS::Cognito::UserPoolClient')).find(
    ([, { Properties }]) => Properties.ClientName === 'dashboard',
  );
  if (!found) throw new Error('There is no client for the page.');
  return found;
}

/** The security headers that a behavior adds. */
export function headersOf(
  behavior: { ResponseHeadersPolicyId: { Ref: string } },
  synthesized: SynthesizedStack,
) {
  const policy = synthesized.resources[behavior.ResponseHeadersPolicyId.Ref];
  return policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
}

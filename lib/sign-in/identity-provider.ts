import { Fn, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';

/** Where people sign in to the dashboard. */
export interface IdentityProvider {
  readonly issuer: string;
  /** The origins that the page calls; its content security policy must allow them. */
  readonly origins: readonly string[];
  /** The URL to sign out at, if the issuer's discovery document does not name it. */
  readonly endSessionEndpoint?: string;
  /** Registers the page as a client, with resources in this scope. @returns its client id */
  registerPage(scope: Construct, urls: PageUrls): string;
}

export interface PageUrls {
  readonly afterSignIn: string;
  readonly afterSignOut: string;
}

/**
 * The configured external issuer, where the deployer registered the page by hand. `oidcAudience` alone decides which
 * tokens the API accepts.
 *
 * @returns undefined if none is configured
 */
export function externalIdentityProvider(configuration: Configuration): IdentityProvider | undefined {
  const { oidcIssuer, dashboardClientId, dashboardSignInOrigins = [] } = configuration;
  if (oidcIssuer === undefined || dashboardClientId === undefined) return undefined;
  return {
    issuer: oidcIssuer,
    origins: [...new Set([oidcIssuer, ...dashboardSignInOrigins].map(originOf))],
    registerPage: () => dashboardClientId,
  };
}

/** The origin of an https URL. CloudFormation takes it from a URL that exists only at deployment. */
function originOf(url: string): string {
  return Token.isUnresolved(url) ? `https://${Fn.select(2, Fn.split('/', url))}` : new URL(url).origin;
}

import type { Configuration } from '../configuration/configuration.ts';

/** Where people sign in, as a page and its security policy have to know. */
export interface SignInPlace {
  readonly issuer: string;
  /** Origins that the page asks in the background. */
  readonly origins: readonly string[];
  /** The issuer's address to sign out at, where its own documents do not tell it. */
  readonly endSessionEndpoint?: string;
  /** Registers the page, and gives its client id. */
  register(page: PageAddresses): string;
}

export interface PageAddresses {
  readonly afterSignIn: string;
  readonly afterSignOut: string;
}

/**
 * An issuer of the deployer's own, who registered the page there by hand. Which tokens the API takes, `oidcAudience` says
 * alone.
 *
 * @returns undefined where none is configured
 */
export function ownIssuer(configuration: Configuration): SignInPlace | undefined {
  const { oidcIssuer, dashboardClientId, dashboardSignInOrigins = [] } = configuration;
  if (oidcIssuer === undefined || dashboardClientId === undefined) return undefined;
  return {
    issuer: oidcIssuer,
    origins: [...new Set([new URL(oidcIssuer).origin, ...dashboardSignInOrigins])],
    register: () => dashboardClientId,
  };
}

import type { OnOff } from './setting-types.ts';

/** The settings of tokens: of the user pool, or of an issuer of your own. */
export interface SignInSettings {
  /**
   * Your OpenID Connect issuer: an https URL, as in the `iss` claim of its tokens. Needs `oidcAudience`.
   *
   * @default - a Cognito user pool
   */
  readonly oidcIssuer?: string | undefined;
  /** The audiences of your issuer's tokens. Needs `oidcIssuer`. */
  readonly oidcAudience?: string[] | undefined;
  /**
   * The programs that get tokens from the user pool, by name, with the scopes of each.
   *
   * @default { backend: ['transactions/read', 'orders/write'] }
   */
  readonly machineClients?: Readonly<Record<string, string[]>> | undefined;
  /**
   * First part of the host name of the user pool's token endpoint, unique in the region among all AWS customers.
   *
   * @default - `redraw-tracker-<stage>-<account>`
   */
  readonly tokenDomainPrefix?: string | undefined;
  /**
   * Whether Cognito blocks sign-ins with leaked passwords and assesses unusual ones (Plus plan, paid per person).
   *
   * @default 'on'
   */
  readonly signInThreatProtection?: OnOff | undefined;
  /**
   * The address, verified in Amazon SES, that Cognito sends invitations and codes from.
   *
   * @default - an address of Cognito, with a low limit a day
   */
  readonly signInEmailSender?: string | undefined;
  /**
   * The identity that is verified in Amazon SES for `signInEmailSender`: the address itself or a domain above it.
   *
   * @default - the domain of the address
   */
  readonly signInEmailIdentity?: string | undefined;
  /**
   * The subject of the email with the temporary password, one line of at most 140 characters.
   *
   * @default - the subject of Cognito
   */
  readonly invitationSubject?: string | undefined;
  /**
   * The text of the email with the temporary password, as HTML, with `{username}`, `{####}` for the password and, with
   * `dashboardDomain`, `{dashboard_url}`.
   *
   * @default - the text of Cognito
   */
  readonly invitationMessage?: string | undefined;
}

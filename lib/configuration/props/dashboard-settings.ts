import type { OnOff } from './setting-types.ts';

/** The settings of the dashboard for people, and of CloudFront, which serves it. */
export interface DashboardSettings {
  /**
   * Whether to deploy the dashboard.
   *
   * @default - 'on', if people can sign in: with the user pool, or with `dashboardClientId`
   */
  readonly dashboard?: OnOff | undefined;
  /**
   * Minutes without input after which the dashboard no longer renews the session of a person, 1 to 720.
   *
   * @default 15
   */
  readonly dashboardIdleMinutes?: number | undefined;
  /**
   * Texts of your own for what to do next, by the situation or the cause; `<situation>.short` for the short form in lists.
   * docs/redraw-worklist.md has the names and the default texts.
   *
   * @default - the texts of the dashboard
   */
  readonly nextSteps?: Readonly<Record<string, string>> | undefined;
  /**
   * The link from a patient to their record in your own system: an https URL with `{client_user_id}` or `{user_id}`.
   *
   * @default - no link
   */
  readonly recordLink?: string | undefined;
  /**
   * The link from an order to its page at Junction: an https URL with `{order_id}` or `{transaction_id}`.
   *
   * @default - no link
   */
  readonly junctionLink?: string | undefined;
  /** The client id of the dashboard at your own issuer: a public client, authorization code with PKCE. */
  readonly dashboardClientId?: string | undefined;
  /** Other origins that the dashboard calls to sign in at your own issuer, such as that of the token endpoint. */
  readonly dashboardSignInOrigins?: string[] | undefined;
  /**
   * A host name for the dashboard. Needs `dashboardCertificateArn`.
   *
   * @default - a name of CloudFront
   */
  readonly dashboardDomain?: string | undefined;
  /** The ARN of an ACM certificate for `dashboardDomain`, in us-east-1. */
  readonly dashboardCertificateArn?: string | undefined;
  /**
   * The ARN of a WAF web ACL for CloudFront, in us-east-1.
   *
   * @default - none
   */
  readonly dashboardWebAclArn?: string | undefined;
  /**
   * Whether CloudFront logs requests. In a region other than us-east-1, this adds a stack in us-east-1.
   *
   * @default - 'on' in us-east-1, 'off' elsewhere
   */
  readonly cloudFrontAccessLog?: OnOff | undefined;
  /**
   * Whether an alarm watches CloudFront's answers with 5xx. In a region other than us-east-1, this adds a stack in us-east-1.
   *
   * @default - 'on' in us-east-1, 'off' elsewhere
   */
  readonly cloudFrontAlarm?: OnOff | undefined;
}

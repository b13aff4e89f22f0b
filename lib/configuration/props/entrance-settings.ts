import type { OnOff } from './setting-types.ts';

/** The settings of the entrance through CloudFront and AWS WAF. docs/operations/entrance.md describes it. */
export interface EntranceSettings {
  /**
   * Whether CloudFront and AWS WAF are in front of the API. In a region other than us-east-1, this adds a stack there.
   *
   * @default 'off'
   */
  readonly entrance?: OnOff | undefined;
  /** The addresses or ranges (CIDR) that may deliver webhooks. Required with `entrance`. */
  readonly entranceWebhookSenders?: string[] | undefined;
  /**
   * The addresses or ranges (CIDR) that may not send anything. Needs `entrance`.
   *
   * @default - none
   */
  readonly entranceDeniedAddresses?: string[] | undefined;
  /**
   * Requests in five minutes that an address may send, other than the senders of webhooks, 10 to 2,000,000,000.
   *
   * @default 6000
   */
  readonly entranceRequestsPerAddress?: number | undefined;
  /**
   * The VersionId of the origin secret that CloudFront sends. Needs `entrance`.
   *
   * @default - the value when CloudFormation last created or changed the distribution
   */
  readonly entranceSecretVersion?: string | undefined;
}

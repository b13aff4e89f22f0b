import type { EntranceSettings } from './entrance-settings.ts';

/** A duration of ISO 8601 in weeks, days, hours, minutes and seconds (`P7D`, `PT1H30M`), at most ten years. */
export type IsoDuration = string;

/** A time zone by its IANA name (`America/New_York`). */
export type IanaTimeZone = string;

export type OnOff = 'on' | 'off';

/** The settings of a deployment, each with a default. docs/deploy.md describes their effects. */
export interface RedrawTrackerSettings extends EntranceSettings {
  /**
   * Part of every fixed name, so that several can exist in one account and region: 1 to 20 lowercase letters, digits and
   * single hyphens. Another stage has other resources and data.
   *
   * @default 'prod'
   */
  readonly stage?: string | undefined;
  /**
   * Up to 40 tags for all resources, beside `application`, `redraw-tracker:stage` and `redraw-tracker:version`.
   *
   * @default - no further tags
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /**
   * An e-mail address that gets alarms, notifications and reviews.
   *
   * @default - the topic has no subscriber
   */
  readonly operatorEmail?: string | undefined;

  /**
   * The name of a table that was restored, which the stack imports instead of creating one.
   *
   * @default - a new table
   */
  readonly existingTable?: string | undefined;

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
   * Whether to deploy the dashboard.
   *
   * @default - 'on', if people can sign in: with the user pool, or with `dashboardClientId`
   */
  readonly dashboard?: OnOff | undefined;
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
  /**
   * The https URL at which operators read docs/runbook.md. The mails of alarms and notifications link its sections there.
   *
   * @default 'docs/runbook.md', the path in the repository
   */
  readonly runbookUrl?: string | undefined;
  /**
   * Origins of other browser apps that may call the API, or `*`.
   *
   * @default - none
   */
  readonly corsOrigins?: string[] | undefined;

  /**
   * Junction's API for your team: region and environment.
   *
   * @default 'https://api.us.junction.com'
   */
  readonly junctionBaseUrl?: string | undefined;
  /**
   * The only team whose orders are shown and polled from Junction.
   *
   * @default - every team whose webhooks arrive
   */
  readonly teamId?: string | undefined;

  /**
   * Whether deleting the stack keeps the data (`retain`) or deletes it (`destroy`).
   *
   * @default 'retain'
   */
  readonly removalPolicy?: 'retain' | 'destroy' | undefined;
  /**
   * How long a signed webhook that could not be understood is kept, in days, 1 to 3653.
   *
   * @default 90
   */
  readonly quarantineRetentionDays?: number | undefined;
  /**
   * How long stream records that failed permanently are kept, in days, 1 to 3653.
   *
   * @default 90
   */
  readonly failureRetentionDays?: number | undefined;
  /**
   * How long logs are kept, in days: a value that CloudWatch Logs supports.
   *
   * @default 90
   */
  readonly logRetentionDays?: number | undefined;
  /**
   * How long the audit trail and the API's access log are kept, in years: 1, 2, 3, or 5 to 10.
   *
   * @default 6
   */
  readonly auditRetentionYears?: number | undefined;
  /**
   * How long events can be replayed, in days, 1 to 3653.
   *
   * @default 90
   */
  readonly eventArchiveDays?: number | undefined;
  /**
   * The least severe level that the functions log.
   *
   * @default 'INFO'
   */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | undefined;

  /**
   * Throttle of the webhook's route, in requests per second, 1 to 10000. Above it, Junction gets 429 and tries again.
   *
   * @default 200
   */
  readonly webhookRequestsPerSecond?: number | undefined;
  /**
   * Burst of the webhook's route, in requests, 1 to 5000.
   *
   * @default 400
   */
  readonly webhookBurst?: number | undefined;
  /**
   * Throttle of each other route, in requests per second, 1 to 10000.
   *
   * @default 50
   */
  readonly queryRequestsPerSecond?: number | undefined;
  /**
   * Burst of each other route, in requests, 1 to 5000.
   *
   * @default 100
   */
  readonly queryBurst?: number | undefined;
  /**
   * Concurrent executions that are reserved for the webhook, 1 to 1000. A new account cannot reserve any.
   *
   * @default - none
   */
  readonly webhookReservedConcurrency?: number | undefined;
  /**
   * Batches that each function on the table's stream processes at once per shard, 1 to 10.
   *
   * @default 1
   */
  readonly streamParallelization?: number | undefined;

  /**
   * Hours without a new webhook before an alarm, at most 168, or 0 for no alarm.
   *
   * @default 72
   */
  readonly webhookSilenceHours?: number | undefined;
  /**
   * Minutes that transactions may be behind their orders before an alarm, 1 to 1440.
   *
   * @default 5
   */
  readonly projectionLagMinutes?: number | undefined;

  /**
   * From redraw available until its order exists.
   *
   * @default 'PT1H'
   */
  readonly redrawNoOrder?: IsoDuration | undefined;
  /**
   * From the redraw order until its requisition.
   *
   * @default 'P1D'
   */
  readonly redrawNoRequisition?: IsoDuration | undefined;
  /**
   * From the requisition until an appointment or a sign of the draw.
   *
   * @default 'P7D'
   */
  readonly redrawNoAppointment?: IsoDuration | undefined;
  /**
   * From the start of the appointment until a sign of the draw.
   *
   * @default 'P1D'
   */
  readonly redrawAfterAppointment?: IsoDuration | undefined;
  /**
   * From the end of `worst_case_result_by_date` until the result.
   *
   * @default 'P1D'
   */
  readonly redrawAfterResultDate?: IsoDuration | undefined;
  /**
   * From the draw until the result, where no such date is known.
   *
   * @default 'P14D'
   */
  readonly redrawNoResultDate?: IsoDuration | undefined;
  /**
   * Where the days end that Junction gives as dates: the time zone of the westernmost lab.
   *
   * @default 'America/Los_Angeles'
   */
  readonly labTimeZone?: IanaTimeZone | undefined;
  /**
   * How long a status may differ from Junction's before the sweep asks.
   *
   * @default 'PT15M'
   */
  readonly checkDiverging?: IsoDuration | undefined;
  /**
   * How long an active transaction may be silent before the sweep asks.
   *
   * @default 'P30D'
   */
  readonly checkSilent?: IsoDuration | undefined;
  /**
   * How often the sweep asks which orders Junction has changed.
   *
   * @default 'PT1H'
   */
  readonly checkUpdates?: IsoDuration | undefined;
  /**
   * How often the sweep asks about the redraws that wait for a draw.
   *
   * @default 'P1D'
   */
  readonly checkDraws?: IsoDuration | undefined;
  /**
   * From one sweep to the next: whole minutes, PT1M to P1D.
   *
   * @default 'PT15M'
   */
  readonly sweepEvery?: IsoDuration | undefined;
  /**
   * Whether to reserve one execution, so that no two sweeps overlap. A new account cannot reserve any.
   *
   * @default 'off'
   */
  readonly sweepOneAtATime?: OnOff | undefined;

  /**
   * The day of the weekly review of open redraws.
   *
   * @default 'MON'
   */
  readonly weeklyReviewDay?: 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN' | undefined;
  /**
   * The hour of reviews, 0 to 23.
   *
   * @default 9
   */
  readonly reviewHour?: number | undefined;
  /**
   * The time zone of that hour.
   *
   * @default 'UTC'
   */
  readonly reviewTimeZone?: IanaTimeZone | undefined;
  /**
   * Whether to send a review of overdue redraws every day at that hour too.
   *
   * @default 'off'
   */
  readonly dailyStaleReview?: OnOff | undefined;
}

/** Where a stage is deployed, and how it differs from the defaults. */
export interface StageSettings extends Omit<RedrawTrackerSettings, 'stage'> {
  /** The only account that the stage can be deployed to, 12 digits; by default that of the credentials. */
  readonly account?: string;
  /** For example us-east-1; by default that of the profile. */
  readonly region?: string;
}

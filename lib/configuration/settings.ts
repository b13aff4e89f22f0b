import type { MessageSettings } from '../../capabilities/messages/lib/settings/message-settings.ts';
import type { LogLevel } from '../../core/telemetry/log-levels.ts';
import type { DashboardSettings } from './props/dashboard-settings.ts';
import type { EntranceSettings } from './props/entrance-settings.ts';
import type { RedrawSettings } from './props/redraw-settings.ts';
import type { DataRemoval, OnOff, TransactionGrants } from './props/setting-types.ts';
import type { SignInSettings } from './props/sign-in-settings.ts';

/** The settings of a deployment, each with a default. docs/deploy.md describes their effects. */
export interface RedrawTrackerSettings
  extends SignInSettings,
    DashboardSettings,
    EntranceSettings,
    MessageSettings,
    RedrawSettings {
  /**
   * Part of every fixed name, so that several stages can exist in one account and region: 1 to 20 lowercase letters, digits and
   * single hyphens. Another stage has other resources and data.
   *
   * @default 'prod'
   */
  readonly stage?: string | undefined;
  /**
   * Up to 40 tags for all resources, beside `application` and `redraw-tracker:stage`.
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
   * Whether an action in a transaction of DynamoDB is allowed on all kinds of items that the function writes (`union`), or only on
   * the kinds of that action (`each`). `npm run verify` says whether `each` works in your account.
   *
   * @default 'union'
   */
  readonly transactionGrants?: TransactionGrants | undefined;

  /**
   * The https URL at which operators read docs/operations/runbook.md. The mails of alarms and notifications link its sections there.
   *
   * @default 'docs/operations/runbook.md', the path in the repository
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
   * Whether to store Junction's summary of each order's results (normal, abnormal, critical) and show it to
   * those who may open results.
   *
   * @default 'off'
   */
  readonly keepInterpretation?: OnOff | undefined;
  /**
   * The only team whose orders are taken and shown. A webhook that names another team is quarantined.
   *
   * @default - every team whose webhooks arrive
   */
  readonly teamId?: string | undefined;

  /**
   * Whether the API places orders and books appointments with Junction. It needs a key of Junction's that may write.
   *
   * @default 'off'
   */
  readonly ordering?: OnOff | undefined;

  /**
   * Whether to export the insights of closed transactions to S3 as Parquet, with tables and queries for Athena.
   *
   * @default 'off'
   */
  readonly insightsExport?: OnOff | undefined;
  /**
   * How long the exported files are kept, in days, 1 to 3653.
   *
   * @default 1096
   */
  readonly insightsExportDays?: number | undefined;

  /**
   * Whether deleting the stack keeps the data (`retain`) or deletes it (`destroy`).
   *
   * @default 'retain'
   */
  readonly removalPolicy?: DataRemoval | undefined;
  /**
   * How long a signed webhook that could not be understood is kept, in days, 1 to 3653.
   *
   * @default 90
   */
  readonly quarantineRetentionDays?: number | undefined;
  /**
   * How long point-in-time recovery keeps the states of the quarantine, and with them webhooks that have expired, in days, 1 to 35.
   *
   * @default 7
   */
  readonly quarantineRecoveryDays?: number | undefined;
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
   * The least severe level that the functions log: `'DEBUG'`, `'INFO'`, `'WARN'` or `'ERROR'`.
   *
   * @default 'INFO'
   */
  readonly logLevel?: LogLevel | undefined;

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
}

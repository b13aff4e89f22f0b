import * as z from 'zod';
import { hasDeployTimeValue } from '../setting/deploy-time-values.ts';
import {
  arnOrDeployTime,
  count,
  duration,
  httpsUrl,
  interval,
  list,
  listOrDeployTime,
  onOff,
  onOffSetting,
  origin,
  textOrDeployTime,
  timeZone,
  urlOrDeployTime,
  wholeNumber,
} from '../setting/setting-formats.ts';
import { capabilityKeys } from './capability-settings.ts';
import { clockKeys } from './keys/clock-keys.ts';
import { entranceKeys } from './keys/entrance-keys.ts';
import { eventKeys } from './keys/event-keys.ts';
import { historyKeys } from './keys/history-keys.ts';
import { machineClientsKey } from './keys/machine-clients.ts';
import { nextStepsKey } from './keys/next-steps-key.ts';
import { outsideLinkKeys } from './keys/outside-links.ts';
import { DATA_REMOVALS, TRANSACTION_GRANTS } from './keys/prop-types.ts';
import { retentionKeys } from './keys/retention-keys.ts';
import { signInEmailKeys } from './keys/sign-in-email-keys.ts';
import { tagsKey } from './keys/tag-keys.ts';

/** Cognito rejects these words in a domain prefix, which contains the name of the stage. */
const reservedWords = /aws|amazon|cognito/;

/** An entry per key: its schema, and a description of valid values for error messages. */
export const settings = {
  stage: {
    schema: z
      .string()
      .regex(/^[a-z](-?[a-z0-9]){0,19}$/)
      .refine((stage) => !reservedWords.test(stage))
      .default('prod'),
    expected:
      '1 to 20 lowercase letters, digits and single hyphens, starting with a letter, without the words aws, amazon and cognito (for example prod)',
    means:
      'Part of every fixed name, so that several [stages](#stages) can exist in one account and region. Each stage has its own resources and data.',
  },
  operatorEmail: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that receives alarms (for example lab-ops@example.com)',
    otherwise: 'none',
    means: 'An email address that receives alarms, notifications and reviews.',
  },
  tags: tagsKey,
  machineClients: machineClientsKey,
  oidcIssuer: {
    schema: urlOrDeployTime(httpsUrl).optional(),
    expected: 'the https URL of your OpenID Connect issuer, as in the "iss" claim of its tokens',
    otherwise: 'a Cognito user pool',
    means:
      'Your OpenID Connect issuer: an https URL, as in the `iss` claim of its tokens. Needs `oidcAudience`. See [Using your own issuer](#using-your-own-issuer).',
  },
  oidcAudience: {
    schema: listOrDeployTime(z.string().min(1)).optional(),
    expected: 'the audiences of your tokens, separated by commas',
    type: 'string[]',
    means: "The audiences of your issuer's tokens. Needs `oidcIssuer`.",
  },
  existingTable: {
    schema: z
      .string()
      .regex(/^[\w.-]{3,255}$/)
      .optional(),
    expected: 'the name of a restored table: 3 to 255 letters, digits, hyphens, dots and underscores',
    otherwise: 'a new table',
    means:
      'The name of a [restored](operations/restore.md) table, which the stack imports and uses from then on instead of creating a new one.',
  },
  transactionGrants: {
    schema: z.enum(TRANSACTION_GRANTS).default('union'),
    expected:
      'union (an action of a transaction is allowed on all kinds of items that the function writes) or each (only on the kinds of that action)',
    type: 'TransactionGrants',
    means:
      '`union` allows each action of a transaction on all kinds of items that the function writes, `each` only on the kinds of that action. See [Permissions of transactions](#permissions-of-transactions).',
  },
  tokenDomainPrefix: {
    schema: textOrDeployTime(
      z
        .string()
        .regex(/^[a-z0-9](-?[a-z0-9]){0,62}$/)
        .refine((prefix) => !reservedWords.test(prefix)),
    ).optional(),
    expected:
      'up to 63 lowercase letters, digits and single hyphens, unique in the region, without the words aws, amazon and cognito',
    otherwise: '`redraw-tracker-<stage>-<account>`',
    means:
      "First part of the host name of the user pool's token endpoint, unique in the region among all AWS customers.",
  },
  corsOrigins: {
    schema: listOrDeployTime(z.union([z.literal('*'), urlOrDeployTime(origin)])).optional(),
    expected:
      'origins of browser apps that may call the API, separated by commas: scheme, host and optional port, without a path (for example https://ops.example.com)',
    type: 'string[]',
    means:
      'Origins of other browser apps that may call the API, such as `https://ops.example.com` or `http://localhost:5173`, or `*` for all.',
  },
  signInThreatProtection: {
    ...onOffSetting('on', 'on (Cognito’s Plus plan, paid per person) or off'),
    means:
      'Lets Cognito block sign-ins with leaked passwords and assess unusual sign-ins. This protects accounts that can see results. This is its Plus plan, [paid per person and month](operations/cost.md). `off` uses the Essentials plan, which does not include this.',
  },
  ...signInEmailKeys,
  dashboard: {
    schema: onOff.optional(),
    expected: 'on or off',
    type: 'OnOff',
    otherwise: '`on` if people can sign in: with the user pool, or with `dashboardClientId`',
    means:
      'Whether to deploy the dashboard. With `off`, there is no distribution, and nobody can sign in; accounts and groups stay. `on` makes synthesis fail if nobody could sign in.',
  },
  dashboardClientId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the client id of the dashboard at your issuer: a public client, authorization code with PKCE',
    means:
      'The client id of the dashboard at your own issuer: a public client, authorization code with PKCE.',
  },
  dashboardIdleMinutes: {
    ...count('minutes', 1, 720, 15),
    means:
      'Minutes without input after which the dashboard no longer [renews the session](security.md#dashboard-sessions) of a person, 1 to 720.',
  },
  nextSteps: nextStepsKey,
  ...outsideLinkKeys,
  dashboardSignInOrigins: {
    schema: list(urlOrDeployTime(httpsUrl.transform((url) => new URL(url).origin))).optional(),
    expected:
      'other origins that the dashboard calls to sign in, such as that of the token endpoint, separated by commas',
    type: 'string[]',
    means:
      'Other origins that the dashboard calls to sign in at your own issuer, such as that of the token endpoint.',
  },
  dashboardDomain: {
    schema: textOrDeployTime(z.hostname().lowercase()).optional(),
    expected: 'a host name for the dashboard (for example redraws.example.com)',
    otherwise: 'a name of CloudFront',
    means: 'A custom host name for the dashboard. Needs `dashboardCertificateArn`.',
  },
  dashboardCertificateArn: {
    schema: arnOrDeployTime(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/).optional(),
    expected: 'the ARN of an ACM certificate for that host name, in us-east-1, as CloudFront requires',
    means: 'The ARN of an ACM certificate for `dashboardDomain`, in us-east-1.',
  },
  dashboardWebAclArn: {
    schema: arnOrDeployTime(/^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/).optional(),
    expected: 'the ARN of a WAF web ACL for CloudFront (scope CLOUDFRONT), in us-east-1',
    means:
      'The ARN of a WAF web ACL for CloudFront, in us-east-1, to protect the dashboard. Requests to `ApiUrl` do not pass through it.',
  },
  ...entranceKeys,
  cloudFrontAccessLog: {
    schema: onOff.optional(),
    expected: 'on or off',
    type: 'OnOff',
    otherwise: '`on` in us-east-1',
    means:
      'Whether CloudFront [logs requests](#cloudfronts-access-log). In a region other than us-east-1, `on` adds a stack there.',
  },
  cloudFrontAlarm: {
    schema: onOff.optional(),
    expected: 'on or off',
    type: 'OnOff',
    otherwise: '`on` in us-east-1',
    means:
      'Whether [alarms watch CloudFront](#the-alarms-on-cloudfront). In a region other than us-east-1, `on` adds a stack there.',
  },
  runbookUrl: {
    // The default is the path in the repository: only the deployer knows where people read it.
    schema: z
      .union([
        z.literal('docs/operations/runbook.md'),
        urlOrDeployTime(httpsUrl.transform((url) => url.replace(/#.*/s, ''))),
      ])
      .default('docs/operations/runbook.md'),
    expected:
      'the https URL at which operators read docs/operations/runbook.md (for example https://git.example.com/lab/redraw-tracker/blob/main/docs/operations/runbook.md)',
    means:
      'The https URL at which operators read [runbook.md](operations/runbook.md). Alarm and notification emails link to its sections there.',
  },
  ...retentionKeys,
  removalPolicy: {
    schema: z.enum(DATA_REMOVALS).default('retain'),
    expected: 'retain (deleting the stack keeps the data) or destroy (deletes it)',
    type: 'DataRemoval',
    means: 'Whether deleting the stack keeps the data (`retain`) or [deletes it](#removing) (`destroy`).',
  },
  webhookRequestsPerSecond: {
    ...count('requests per second', 1, 10_000, 200),
    means:
      'Throttling limit of the webhook route, in requests per second, with a burst of twice as many. Above it, Junction gets a 429 and retries.',
  },
  queryRequestsPerSecond: {
    ...count('requests per second', 1, 10_000, 50),
    means: 'Throttling limit of every other route, in requests per second, with a burst of twice as many.',
  },
  webhookReservedConcurrency: {
    schema: wholeNumber(1, 1_000).optional(),
    expected: 'a whole number of concurrent executions, 1 to 1000, that your account can reserve',
    type: 'number',
    means:
      "A share of the account's Lambda concurrency for the webhook alone, and its upper limit. Needs a [higher quota](#lambdas-quota) than a new account has.",
  },
  streamParallelization: {
    ...count('batches per shard of the stream', 1, 10, 1),
    means:
      'Number of batches per stream shard that `recompute` and `publish` each process concurrently, 1 to 10. Also needs a [higher quota](#lambdas-quota).',
  },
  webhookSilenceHours: {
    schema: wholeNumber(0, 168).default(72),
    expected: 'a whole number of hours, 1 to 168, or 0 to disable the alarm',
    type: 'number',
    means:
      'Hours without a webhook that contains anything new before an alarm, at most 168, or 0 for no alarm. The default covers a weekend for a small team. After the same time, the page takes no empty list as an all-clear.',
  },
  ...clockKeys,
  criticalNoAcknowledgement: {
    ...duration('PT1H'),
    means:
      'How long a critical result may wait for an acknowledgement before an alarm. The alarm can be up to five minutes late.',
  },
  labTimeZone: {
    // The westernmost zone of the contiguous United States, where days end last.
    schema: timeZone.default('America/Los_Angeles'),
    expected:
      'the time zone of the westernmost lab by its IANA name (for example America/Los_Angeles or Pacific/Honolulu)',
    type: 'IanaTimeZone',
    means:
      "The time zone in which Junction's dates end: the IANA time zone of your westernmost lab. No redraw is due before such a date [has ended there](redraw-worklist.md#stages-and-clocks).",
  },
  checkUpdates: {
    ...duration('PT1H'),
    means:
      'How often the sweep requests the orders that Junction has changed, and recovers what lost webhooks would have reported.',
  },
  checkDraws: {
    ...duration('P1D'),
    means:
      'How often the sweep checks the redraws that [wait for a draw](redraw-worklist.md#draws-without-a-webhook).',
  },
  sweepEvery: {
    schema: interval.default('PT15M'),
    expected: 'an ISO 8601 duration of whole minutes, PT1M to P1D (for example PT15M)',
    type: 'IsoDuration',
    means:
      'Interval between sweeps, in whole minutes, PT1M to P1D. A redraw is flagged at most this long after it is due.',
  },
  junctionBaseUrl: {
    schema: urlOrDeployTime(httpsUrl.transform((url) => url.replace(/(?<!\/)\/+$/, ''))).default(
      'https://api.us.junction.com',
    ),
    expected: 'the https URL of Junction’s API for your team (for example https://api.us.junction.com)',
    means: "Junction's API for your team: region and environment.",
  },
  keepInterpretation: {
    ...onOffSetting(
      'off',
      'on (store Junction’s summary of each order’s results: normal, abnormal or critical) or off',
    ),
    means:
      "`on` stores and shows Junction's summary of each order's results: normal, abnormal or critical. It is health information, so the API shows it only to tokens with `results/read`. A change of this setting takes effect for each order with its next webhook or API response from Junction. Until then, the stored value stays.",
  },
  patientNames: {
    ...onOffSetting('off', 'on (people with results/read can ask Junction for the name of a patient) or off'),
    means:
      '`on` lets people with `results/read` see the name of the patient of a transaction that they have opened. The API asks Junction each time that they ask, stores nothing, and writes who asked into the audit trail first.',
  },
  teamId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the id of the only team whose orders are taken and shown',
    otherwise: 'every team whose webhooks arrive',
    means:
      'The only team whose transactions, orders and redraws the API shows and the sweep accepts from Junction. Those of any other team return 404, and a webhook that names another team is quarantined. By default, all teams whose webhooks arrive are shown.',
  },
  teams: {
    schema: z
      .string()
      .min(1)
      .max(500)
      .refine((path) => !hasDeployTimeValue(path))
      .optional(),
    expected: 'the path of a JSON file with your teams (for example teams.json)',
    otherwise: 'one team',
    means:
      'The path of a JSON file with the teams whose orders are taken, if there are [several](teams.md): id, name, clocks and message brand of each.',
  },
  ordering: {
    ...onOffSetting('off', 'on (the API places orders and books appointments with Junction) or off'),
    means:
      'Whether the API [places orders and books appointments](#ordering) with Junction. Needs a Junction API key with write permission.',
  },
  ...historyKeys,
  ...eventKeys,
  ...capabilityKeys,
  reviewHour: {
    schema: wholeNumber(0, 23).default(9),
    expected: 'a whole hour of the day, 0 to 23',
    type: 'number',
    means: 'The hour of reviews, 0 to 23.',
  },
  reviewTimeZone: {
    schema: timeZone.default('UTC'),
    expected: 'an IANA time zone (for example UTC or America/New_York)',
    type: 'IanaTimeZone',
    means: 'The time zone of `reviewHour`.',
  },
  dailyStaleReview: {
    ...onOffSetting('off'),
    means: 'Whether to also send a review of overdue redraws every day at `reviewHour`.',
  },
  ownerMailSender: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that Amazon SES may send from (for example redraws@example.com)',
    means:
      "The sender address, verified in Amazon SES, of the [daily email](#emails-to-owners) to each owner in the user pool. It is sent at `reviewHour` and lists the owner's transactions. Needs the user pool and the dashboard.",
  },
};

type Settings = typeof settings;

/** What the schemas accept. */
export type SettingsInput = { readonly [Key in keyof Settings]?: z.input<Settings[Key]['schema']> };

/** The configuration of a deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

import * as z from 'zod';
import { messageKeys } from '../../capabilities/messages/lib/settings/message-keys.ts';
import { LOG_LEVELS } from '../../core/telemetry/log-levels.ts';
import { entranceKeys } from './keys/entrance-keys.ts';
import { insightsExportKeys } from './keys/insights-export-keys.ts';
import { machineClientsKey } from './keys/machine-clients.ts';
import { nextStepsKey } from './keys/next-steps-key.ts';
import { outsideLinkKeys } from './keys/outside-links.ts';
import { retentionKeys } from './keys/retention-keys.ts';
import {
  arnOrDeployTime,
  duration,
  durationOrOff,
  httpsUrl,
  interval,
  list,
  listOrDeployTime,
  onOff,
  origin,
  textOrDeployTime,
  timeZone,
  urlOrDeployTime,
  wholeNumber,
} from './keys/setting-formats.ts';
import { signInEmailKeys } from './keys/sign-in-email-keys.ts';
import { tagsKey } from './keys/tag-keys.ts';
import { DATA_REMOVALS, TRANSACTION_GRANTS, WEEK_DAYS } from './props/setting-types.ts';

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
  },
  operatorEmail: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that receives alarms (for example lab-ops@example.com)',
  },
  tags: tagsKey,
  machineClients: machineClientsKey,
  oidcIssuer: {
    schema: urlOrDeployTime(httpsUrl).optional(),
    expected: 'the https URL of your OpenID Connect issuer, as in the "iss" claim of its tokens',
  },
  oidcAudience: {
    schema: listOrDeployTime(z.string().min(1)).optional(),
    expected: 'the audiences of your tokens, separated by commas',
  },
  existingTable: {
    schema: z
      .string()
      .regex(/^[\w.-]{3,255}$/)
      .optional(),
    expected: 'the name of a restored table: 3 to 255 letters, digits, hyphens, dots and underscores',
  },
  transactionGrants: {
    schema: z.enum(TRANSACTION_GRANTS).default('union'),
    expected:
      'union (an action of a transaction is allowed on all kinds of items that the function writes) or each (only on the kinds of that action)',
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
  },
  corsOrigins: {
    schema: listOrDeployTime(z.union([z.literal('*'), urlOrDeployTime(origin)])).optional(),
    expected:
      'origins of browser apps that may call the API, separated by commas: scheme, host and optional port, without a path (for example https://ops.example.com)',
  },
  signInThreatProtection: {
    schema: onOff.default('on'),
    expected: 'on (Cognito’s Plus plan, paid per person) or off',
  },
  ...signInEmailKeys,
  dashboard: {
    schema: onOff.optional(),
    expected: 'on or off',
  },
  dashboardClientId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the client id of the dashboard at your issuer: a public client, authorization code with PKCE',
  },
  dashboardIdleMinutes: {
    schema: wholeNumber(1, 720).default(15),
    expected: 'a whole number of minutes, 1 to 720',
  },
  nextSteps: nextStepsKey,
  ...outsideLinkKeys,
  dashboardSignInOrigins: {
    schema: list(urlOrDeployTime(httpsUrl.transform((url) => new URL(url).origin))).optional(),
    expected:
      'other origins that the dashboard calls to sign in, such as that of the token endpoint, separated by commas',
  },
  dashboardDomain: {
    schema: textOrDeployTime(z.hostname().lowercase()).optional(),
    expected: 'a host name for the dashboard (for example redraws.example.com)',
  },
  dashboardCertificateArn: {
    schema: arnOrDeployTime(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/).optional(),
    expected: 'the ARN of an ACM certificate for that host name, in us-east-1, as CloudFront requires',
  },
  dashboardWebAclArn: {
    schema: arnOrDeployTime(/^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/).optional(),
    expected: 'the ARN of a WAF web ACL for CloudFront (scope CLOUDFRONT), in us-east-1',
  },
  ...entranceKeys,
  cloudFrontAccessLog: {
    schema: onOff.optional(),
    expected: 'on or off',
  },
  cloudFrontAlarm: {
    schema: onOff.optional(),
    expected: 'on or off',
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
  },
  ...retentionKeys,
  logLevel: {
    schema: z.enum(LOG_LEVELS).default('INFO'),
    expected: 'DEBUG, INFO, WARN or ERROR',
  },
  removalPolicy: {
    schema: z.enum(DATA_REMOVALS).default('retain'),
    expected: 'retain (deleting the stack keeps the data) or destroy (deletes it)',
  },
  webhookRequestsPerSecond: {
    schema: wholeNumber(1, 10_000).default(200),
    expected: 'a whole number of requests per second, 1 to 10000',
  },
  webhookBurst: {
    schema: wholeNumber(1, 5_000).default(400),
    expected: 'a whole number of requests, 1 to 5000',
  },
  queryRequestsPerSecond: {
    schema: wholeNumber(1, 10_000).default(50),
    expected: 'a whole number of requests per second, 1 to 10000',
  },
  queryBurst: {
    schema: wholeNumber(1, 5_000).default(100),
    expected: 'a whole number of requests, 1 to 5000',
  },
  webhookReservedConcurrency: {
    schema: wholeNumber(1, 1_000).optional(),
    expected: 'a whole number of concurrent executions, 1 to 1000, that your account can reserve',
  },
  streamParallelization: {
    schema: wholeNumber(1, 10).default(1),
    expected: 'a whole number of batches per shard of the stream, 1 to 10',
  },
  webhookSilenceHours: {
    schema: wholeNumber(0, 168).default(72),
    expected: 'a whole number of hours, 1 to 168, or 0 to disable the alarm',
  },
  projectionLagMinutes: {
    schema: wholeNumber(1, 1_440).default(5),
    expected: 'a whole number of minutes, 1 to 1440',
  },
  criticalNoAcknowledgement: duration('PT1H'),
  redrawNoOrder: duration('PT1H'),
  redrawNoRequisition: duration('P1D'),
  redrawNoAppointment: duration('P7D'),
  redrawAfterAppointment: duration('P1D'),
  redrawAfterResultDate: duration('P1D'),
  redrawNoResultDate: duration('P14D'),
  orderNoRequisition: durationOrOff('P2D'),
  orderNoAppointment: durationOrOff('P30D'),
  orderAfterAppointment: durationOrOff('P3D'),
  orderAfterResultDate: durationOrOff('P7D'),
  orderNoResultDate: durationOrOff('P30D'),
  labTimeZone: {
    // The westernmost zone of the contiguous United States, where days end last.
    schema: timeZone.default('America/Los_Angeles'),
    expected:
      'the time zone of the westernmost lab by its IANA name (for example America/Los_Angeles or Pacific/Honolulu)',
  },
  checkDiverging: duration('PT15M'),
  checkSilent: duration('P30D'),
  checkUpdates: duration('PT1H'),
  checkDraws: duration('P1D'),
  sweepEvery: {
    schema: interval.default('PT15M'),
    expected: 'an ISO 8601 duration of whole minutes, PT1M to P1D (for example PT15M)',
  },
  sweepOneAtATime: {
    schema: onOff.default('off'),
    expected: 'on (reserves one execution of your account) or off (two sweeps can overlap)',
  },
  junctionBaseUrl: {
    schema: urlOrDeployTime(httpsUrl.transform((url) => url.replace(/(?<!\/)\/+$/, ''))).default(
      'https://api.us.junction.com',
    ),
    expected: 'the https URL of Junction’s API for your team (for example https://api.us.junction.com)',
  },
  keepInterpretation: {
    schema: onOff.default('off'),
    expected: 'on (store Junction’s summary of each order’s results: normal, abnormal or critical) or off',
  },
  teamId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the id of the only team whose orders are taken and shown',
  },
  ordering: {
    schema: onOff.default('off'),
    expected: 'on (the API places orders and books appointments with Junction) or off',
  },
  ...insightsExportKeys,
  ...messageKeys,
  weeklyReviewDay: {
    schema: z.string().toUpperCase().pipe(z.enum(WEEK_DAYS)).default('MON'),
    expected: 'MON, TUE, WED, THU, FRI, SAT or SUN',
  },
  reviewHour: {
    schema: wholeNumber(0, 23).default(9),
    expected: 'a whole hour of the day, 0 to 23',
  },
  reviewTimeZone: {
    schema: timeZone.default('UTC'),
    expected: 'an IANA time zone (for example UTC or America/New_York)',
  },
  dailyStaleReview: {
    schema: onOff.default('off'),
    expected: 'on or off',
  },
  ownerMailSender: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that Amazon SES may send from (for example redraws@example.com)',
  },
};

type Settings = typeof settings;

/** What the schemas accept. */
export type SettingsInput = { readonly [Key in keyof Settings]?: z.input<Settings[Key]['schema']> };

/** The configuration of a deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

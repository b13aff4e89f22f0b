import * as z from 'zod';
import { parseDuration } from '../../core/domain/duration.ts';
import { routeScopes } from '../../core/http/scopes.ts';

/** The retention periods that CloudWatch Logs accepts, in days. */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The periods of whole years that CloudWatch Logs accepts, in days. */
export const auditRetentions: Readonly<Record<number, number>> = {
  ...{ 1: 365, 2: 731, 3: 1096, 5: 1827, 6: 2192 },
  ...{ 7: 2557, 8: 2922, 9: 3288, 10: 3653 },
};

/** Accepts numbers and digits: `-c key=value` always passes text, cdk.json can contain numbers. */
const wholeNumber = (min: number, max: number) =>
  z
    .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
    .refine((value) => value >= min && value <= max);

const list = (entry: z.ZodType<string, string>) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((part) => part.trim()))])
    .pipe(z.array(entry).min(1));

const httpsUrl = z.url({ protocol: /^https$/ });

/** An origin as browsers send it; no other spelling would match. API Gateway accepts no wildcard within an origin. */
const origin = z
  .union([httpsUrl, z.url({ protocol: /^http$/, hostname: /^localhost$/ })])
  .refine((text) => !text.includes('*') && new URL(text).href === `${new URL(text).origin}/`)
  .transform((text) => new URL(text).origin);

/** Stays text: the functions parse it by the same rule when they start. */
const duration = (defaultValue: string) => ({
  schema: z
    .string()
    .refine((text) => parseDuration(text) !== null)
    .default(defaultValue),
  expected:
    'an ISO 8601 duration of weeks, days, hours, minutes and seconds, longer than zero and at most ten years (for example P7D or PT1H30M)',
});

/** An address or a range of addresses, as a range. AWS WAF refuses a range of all addresses. */
const addressRange = z
  .union([
    z.ipv4().transform((address) => `${address}/32`),
    z.ipv6().transform((address) => `${address}/128`),
    z.cidrv4(),
    z.cidrv6(),
  ])
  .refine((range) => !range.endsWith('/0'));

const addresses =
  'IPv4 and IPv6 addresses or ranges, separated by commas (for example 203.0.113.7, 2001:db8::/56)';

const onOff = z.union([z.enum(['on', 'off']), z.boolean().transform((on) => (on ? 'on' : 'off'))]);

/** Keys and values that every AWS service accepts. Those with a prefix of AWS or of this project are reserved. */
const tag = /^[\p{L}\p{N}\p{Zs}_.:/=+@-]+$/u;
const tagKey = z
  .string()
  .max(128)
  .regex(tag)
  .regex(/^(?!aws:|redraw-tracker:)/i);

/** `owner=lab-ops,cost-center=42` on the command line, an object in cdk.json. */
const tagList = z
  .union([
    z.record(z.string(), z.string()),
    z.string().transform((text) =>
      Object.fromEntries(
        text.split(',').map((pair) => {
          const [key = '', ...value] = pair.split('=');
          return [key.trim(), value.join('=').trim()];
        }),
      ),
    ),
  ])
  .pipe(z.record(tagKey, z.string().max(256).regex(tag)))
  .refine((tags) => Object.keys(tags).length <= 40);

const MINUTE = 60_000;

/** A rate that EventBridge Scheduler accepts: whole minutes. */
const interval = z.string().refine((text) => {
  const milliseconds = parseDuration(text) ?? 0;
  return milliseconds % MINUTE === 0 && milliseconds >= MINUTE && milliseconds <= 1_440 * MINUTE;
});

/** A name of the IANA database. Offsets such as +01:00 are rejected: they ignore daylight saving time. */
const timeZone = z
  .string()
  .regex(/^[A-Za-z]/)
  .transform((name, context) => {
    try {
      const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
      return known.toLowerCase() === name.toLowerCase() ? known : name;
    } catch {
      context.addIssue('unknown time zone');
      return z.NEVER;
    }
  });

/** Cognito rejects these words in a domain prefix, which contains the name of the stage. */
const reservedWords = /aws|amazon|cognito/;

/** Every scope that a route requires. */
export const apiScopes: readonly string[] = [
  ...new Set(Object.values(routeScopes).filter((scope) => scope !== null)),
];

/** The dashboard is a client too, and the local run has one of its own. */
const takenClientNames: readonly string[] = ['dashboard', 'local'];

const clientName = z
  .string()
  .regex(/^[a-z](-?[a-z0-9])*$/)
  .max(40)
  .refine((name) => !takenClientNames.includes(name));

const scopeList = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))])
  .pipe(z.array(z.enum(apiScopes)).min(1))
  .transform((scopes) => [...new Set(scopes)]);

/** cdk.json can contain an object, and `-c key=value` the same as JSON. */
const machineClients = z
  .union([
    z.record(z.string(), z.unknown()),
    z.string().transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    }),
  ])
  .pipe(z.record(clientName, scopeList))
  .refine((clients) => Object.keys(clients).length > 0);

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
  tags: {
    schema: tagList.default({}),
    expected:
      'up to 40 tags for all resources, as an object or as text (for example owner=lab-ops,cost-center=42), in characters that AWS allows, without the prefixes aws: and redraw-tracker:',
  },
  operatorEmail: {
    schema: z.email().optional(),
    expected: 'an e-mail address that receives alarms (for example lab-ops@example.com)',
  },
  oidcIssuer: {
    schema: httpsUrl.optional(),
    expected: 'the https URL of your OpenID Connect issuer, as in the "iss" claim of its tokens',
  },
  oidcAudience: {
    schema: list(z.string().min(1)).optional(),
    expected: 'the audiences of your tokens, separated by commas',
  },
  existingTable: {
    schema: z
      .string()
      .regex(/^[\w.-]{3,255}$/)
      .optional(),
    expected:
      'the name of a table that was restored: 3 to 255 letters, digits, hyphens, dots and underscores',
  },
  tokenDomainPrefix: {
    schema: z
      .string()
      .regex(/^[a-z0-9](-?[a-z0-9]){0,62}$/)
      .refine((prefix) => !reservedWords.test(prefix))
      .optional(),
    expected:
      'up to 63 lowercase letters, digits and single hyphens, unique in the region, without the words aws, amazon and cognito',
  },
  machineClients: {
    schema: machineClients.optional(),
    expected: `the programs that call the API, with the scopes of each (for example {"backend": "transactions/read orders/write"}). A name has lowercase letters, digits and single hyphens, at most 40, and is not ${takenClientNames.join(' or ')}. The scopes are ${apiScopes.join(', ')}`,
  },
  corsOrigins: {
    schema: list(z.union([z.literal('*'), origin])).optional(),
    expected:
      'origins of browser apps that may call the API, separated by commas: scheme, host and optional port, without a path (for example https://ops.example.com)',
  },
  signInThreatProtection: {
    schema: onOff.default('on'),
    expected: 'on (Cognito’s Plus plan, paid per person) or off',
  },
  dashboard: {
    schema: onOff.optional(),
    expected: 'on or off',
  },
  dashboardClientId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the client id of the dashboard at your issuer: a public client, authorization code with PKCE',
  },
  dashboardSignInOrigins: {
    schema: list(httpsUrl.transform((url) => new URL(url).origin)).optional(),
    expected:
      'other origins that the dashboard calls to sign in, such as that of the token endpoint, separated by commas',
  },
  dashboardDomain: {
    schema: z.hostname().lowercase().optional(),
    expected: 'a host name for the dashboard (for example redraws.example.com)',
  },
  dashboardCertificateArn: {
    schema: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/)
      .optional(),
    expected: 'the ARN of an ACM certificate for that host name, in us-east-1, as CloudFront requires',
  },
  dashboardWebAclArn: {
    schema: z
      .string()
      .regex(/^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/)
      .optional(),
    expected: 'the ARN of a WAF web ACL for CloudFront, in us-east-1',
  },
  entrance: {
    schema: onOff.default('off'),
    expected: 'on (CloudFront and AWS WAF in front of the API, paid per month) or off',
  },
  entranceWebhookSenders: { schema: list(addressRange).optional(), expected: addresses },
  entranceDeniedAddresses: { schema: list(addressRange).optional(), expected: addresses },
  entranceRequestsPerAddress: {
    schema: wholeNumber(10, 2_000_000_000).default(6_000),
    expected: 'a whole number of requests in five minutes, 10 to 2000000000',
  },
  entranceSecretVersion: {
    schema: z
      .string()
      .regex(/^[\w-]{32,64}$/)
      .optional(),
    expected: 'the VersionId that Secrets Manager gave to the new value of the origin secret',
  },
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
      .union([z.literal('docs/runbook.md'), httpsUrl.transform((url) => url.replace(/#.*$/, ''))])
      .default('docs/runbook.md'),
    expected:
      'the https URL at which operators read docs/runbook.md (for example https://git.example.com/lab/redraw-tracker/blob/main/docs/runbook.md)',
  },
  quarantineRetentionDays: {
    schema: wholeNumber(1, 3653).default(90),
    expected: 'a whole number of days, 1 to 3653',
  },
  failureRetentionDays: {
    schema: wholeNumber(1, 3653).default(90),
    expected: 'a whole number of days, 1 to 3653',
  },
  logRetentionDays: {
    schema: wholeNumber(1, 3653)
      .refine((days) => logRetentions.includes(days))
      .default(90),
    expected: `a number of days that CloudWatch Logs supports: ${logRetentions.join(', ')}`,
  },
  auditRetentionYears: {
    schema: wholeNumber(1, 10)
      .refine((years) => Object.hasOwn(auditRetentions, years))
      // 45 CFR 164.316(b)(2)(i): six years for the documentation that HIPAA requires.
      .default(6),
    expected: `a number of years that CloudWatch Logs supports: ${Object.keys(auditRetentions).join(', ')}`,
  },
  logLevel: {
    schema: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    expected: 'DEBUG, INFO, WARN or ERROR',
  },
  removalPolicy: {
    schema: z.enum(['retain', 'destroy']).default('retain'),
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
  redrawNoOrder: duration('PT1H'),
  redrawNoRequisition: duration('P1D'),
  redrawNoAppointment: duration('P7D'),
  redrawAfterAppointment: duration('P1D'),
  redrawAfterResultDate: duration('P1D'),
  redrawNoResultDate: duration('P14D'),
  labTimeZone: {
    // The westernmost of the contiguous United States: a day ends there last.
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
    schema: httpsUrl.transform((url) => url.replace(/\/+$/, '')).default('https://api.us.junction.com'),
    expected: 'the https URL of Junction’s API for your team (for example https://api.us.junction.com)',
  },
  teamId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the id of the only team whose orders are shown and polled from Junction',
  },
  weeklyReviewDay: {
    schema: z
      .string()
      .toUpperCase()
      .pipe(z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']))
      .default('MON'),
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
  eventArchiveDays: {
    schema: wholeNumber(1, 3653).default(90),
    expected: 'a whole number of days, 1 to 3653',
  },
};

type Settings = typeof settings;

/** What the schemas accept. */
export type SettingsInput = { readonly [Key in keyof Settings]?: z.input<Settings[Key]['schema']> };

/** The configuration of a deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

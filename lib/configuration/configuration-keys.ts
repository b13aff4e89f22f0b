import * as z from 'zod';
import { parseDuration } from '../../core/domain/duration.ts';

/** What CloudWatch Logs accepts as days of retention. */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** `-c key=value` always gives text, cdk.json can give numbers: both are the same setting. */
const wholeNumber = (least: number, most: number) =>
  z
    .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
    .refine((value) => value >= least && value <= most);

const list = (entry: z.ZodType<string, string>) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((part) => part.trim()))])
    .pipe(z.array(entry).min(1));

const httpsUrl = z.url({ protocol: /^https$/ });

/** An origin, spelt as browsers do: any other spelling is compared in vain. API Gateway takes no wildcard within one. */
const origin = z
  .union([httpsUrl, z.url({ protocol: /^http$/, hostname: /^localhost$/ })])
  .refine((text) => !text.includes('*') && new URL(text).href === `${new URL(text).origin}/`)
  .transform((text) => new URL(text).origin);

/** Kept as it is written: the functions read the same text by the same rule when they start. */
const duration = (standard: string) => ({
  schema: z
    .string()
    .refine((text) => parseDuration(text) !== null)
    .default(standard),
  expected:
    'an ISO 8601 duration of weeks, days, hours, minutes and seconds, more than nothing and at most ten years (for example P7D or PT1H30M)',
});

const onOff = z.union([z.enum(['on', 'off']), z.boolean().transform((on) => (on ? 'on' : 'off'))]);

const MINUTE = 60_000;

/** What EventBridge Scheduler can keep as a rate: it counts whole minutes. */
const interval = z.string().refine((text) => {
  const milliseconds = parseDuration(text) ?? 0;
  return milliseconds % MINUTE === 0 && milliseconds >= MINUTE && milliseconds <= 1_440 * MINUTE;
});

/** A name as the IANA database has it; offsets such as +01:00 know no summer time and are none. */
const timeZone = z
  .string()
  .regex(/^[A-Za-z]/)
  .transform((name, context) => {
    try {
      const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
      return known.toLowerCase() === name.toLowerCase() ? known : name;
    } catch {
      context.addIssue('no such time zone');
      return z.NEVER;
    }
  });

/** Cognito refuses these words in the domain that carries the stage name. */
const reservedWords = /aws|amazon|cognito/;

/** One entry per key: how it is read, and the sentence that says what it should have been. */
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
    schema: z.email().optional(),
    expected: 'one e-mail address that alarms are sent to (for example lab-ops@example.com)',
  },
  oidcIssuer: {
    schema: httpsUrl.optional(),
    expected: 'the https URL of your OpenID Connect issuer, as it stands in the tokens’ "iss" claim',
  },
  oidcAudience: {
    schema: list(z.string().min(1)).optional(),
    expected: 'the audience of your tokens; several are separated by commas',
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
  corsOrigins: {
    schema: list(z.union([z.literal('*'), origin])).optional(),
    expected:
      'origins of browser apps that may call the API, separated by commas: scheme and host, and the port if it is another than usual, nothing after it (for example https://ops.example.com)',
  },
  signInThreatProtection: {
    schema: onOff.default('off'),
    expected: 'on (Cognito’s Plus plan, paid per person) or off',
  },
  dashboard: {
    schema: onOff.optional(),
    expected: 'on or off',
  },
  dashboardClientId: {
    schema: z.string().min(1).max(256).optional(),
    expected:
      'the id by which your own issuer knows the dashboard: a public client, authorization code with PKCE',
  },
  dashboardSignInOrigins: {
    schema: list(httpsUrl.transform((url) => new URL(url).origin)).optional(),
    expected:
      'origins besides your issuer’s that its documents send the dashboard to, such as that of its token endpoint, separated by commas',
  },
  dashboardDomain: {
    schema: z.hostname().lowercase().optional(),
    expected: 'a host name of yours for the dashboard (for example redraws.example.com)',
  },
  dashboardCertificateArn: {
    schema: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/)
      .optional(),
    expected:
      'the ARN of a certificate in ACM for that host name, in us-east-1, where CloudFront looks for it',
  },
  dashboardWebAclArn: {
    schema: z
      .string()
      .regex(/^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/)
      .optional(),
    expected: 'the ARN of a WAF web ACL for CloudFront, in us-east-1',
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
    expected: `a number of days that CloudWatch Logs offers: ${logRetentions.join(', ')}`,
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
    expected: 'a whole number of concurrent executions, 1 to 1000, that your account has to spare',
  },
  webhookSilenceHours: {
    schema: wholeNumber(0, 168).default(72),
    expected: 'a whole number of hours, 1 to 168, or 0 for no such alarm',
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
  sweepEvery: {
    schema: interval.default('PT15M'),
    expected: 'an ISO 8601 duration of whole minutes, PT1M to P1D (for example PT15M)',
  },
  sweepOneAtATime: {
    schema: onOff.default('on'),
    expected: 'on (one execution is reserved in your account) or off (two sweeps may overlap)',
  },
  junctionBaseUrl: {
    schema: httpsUrl.transform((url) => url.replace(/\/+$/, '')).default('https://api.us.junction.com'),
    expected: 'the https URL of Junction’s API for your team (for example https://api.us.junction.com)',
  },
  teamId: {
    schema: z.string().min(1).max(256).optional(),
    expected: 'the id of the only team whose orders are shown and taken in from Junction',
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
    expected: 'a time zone by its IANA name (for example UTC or America/New_York)',
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

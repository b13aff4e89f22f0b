import * as z from 'zod';

/** Every key of ours in the CDK context starts so; the rest of the context belongs to CDK and others. */
const namespace = 'redraw-tracker:';

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

/** Cognito refuses these words in the domain that carries the stage name. */
const reservedWords = /aws|amazon|cognito/;

/** One entry per key: how it is read, and the sentence that says what it should have been. */
const settings = {
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
    schema: list(z.union([z.literal('*'), httpsUrl, z.url({ protocol: /^http$/, hostname: /^localhost$/ })]))
      .transform((origins) => origins.map((origin) => origin.replace(/\/$/, '')))
      .optional(),
    expected:
      'origins of browser apps that may call the API, separated by commas (for example https://ops.example.com)',
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
};

type Settings = typeof settings;

/** All that can be decided at deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

/** The context asks for something that cannot be built; the message names each key and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(complaints: readonly string[]) {
    super(
      `The deployment configuration cannot be used:\n${complaints.map((complaint) => `  - ${complaint}`).join('\n')}\nKeys come from "context" in cdk.json or from -c key=value; docs/deploy.md describes them all.`,
    );
  }
}

/**
 * Reads our keys (`redraw-tracker:<name>`) from a CDK context and fills in the defaults.
 *
 * @throws {ConfigurationError} naming every unknown key, unusable value and contradiction at once
 */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const complaints = unknownKeys(context);
  const read: Record<string, unknown> = {};
  for (const [name, { schema, expected }] of Object.entries(settings)) {
    const given = context[namespace + name];
    const parsed = schema.safeParse(given);
    if (parsed.success) read[name] = parsed.data;
    else complaints.push(`${namespace}${name} is ${JSON.stringify(given)}. Give ${expected}.`);
  }
  const configuration = read as Configuration;
  if (complaints.length === 0) complaints.push(...contradictions(configuration));
  if (complaints.length > 0) throw new ConfigurationError(complaints);
  return configuration;
}

function unknownKeys(context: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(context)
    .filter((key) => key.startsWith(namespace) && !Object.hasOwn(settings, key.slice(namespace.length)))
    .map((key) => `${key} is not a key we know. Known keys: ${Object.keys(settings).join(', ')}.`);
}

function contradictions(configuration: Configuration): string[] {
  const { oidcIssuer, oidcAudience, tokenDomainPrefix } = configuration;
  const found: string[] = [];
  if ((oidcIssuer === undefined) !== (oidcAudience === undefined)) {
    const [present, absent] = oidcIssuer ? ['oidcIssuer', 'oidcAudience'] : ['oidcAudience', 'oidcIssuer'];
    found.push(
      `${namespace}${present} is given without ${namespace}${absent}. Give both, or neither to have a Cognito user pool.`,
    );
  }
  if (oidcIssuer && tokenDomainPrefix) {
    found.push(
      `${namespace}tokenDomainPrefix belongs to the Cognito user pool, which ${namespace}oidcIssuer replaces. Remove one of the two.`,
    );
  }
  return found;
}

import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { messageSettingNames } from '../../capabilities/messages/lib/settings/message-keys.ts';
import { clockSettings, type VariableOf, variableOf } from '../../lib/configuration/configuration.ts';
import { ConfigurationError } from '../../lib/configuration/configuration-error.ts';
import { settings as deploymentSettings } from '../../lib/configuration/configuration-keys.ts';
import { readTeamsFile } from '../../lib/configuration/teams-file.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { SANDBOX_API_KEY } from '../sandbox/server.ts';
import { ALLOWED_HOSTS_RULE, allowedHosts } from '../sandbox/trusted-callers.ts';
import { DEVELOPMENT_SECRET, isSigningSecret } from '../sandbox/webhooks/endpoint.ts';
import { type EventTarget, readEventTargets } from './events/event-forwarding.ts';

/** A team, with what it has at Junction. */
export interface LocalTeam {
  id: string;
  name: string;
  /** Derived from the signing secret of the stack. */
  webhookSecret: string;
  apiKey: string;
}

export interface Settings {
  /** 0 selects a free port. */
  port: number;
  /** The names under which a forwarded port is reached. */
  allowedHosts: string[];
  /** A directory, or `:memory:` to keep no data. */
  dataDirectory: string;
  /** undefined: the embedded engine. */
  dynamodbEndpoint: string | undefined;
  /** The current secret and, during a rotation, the previous one. */
  webhookSecrets: string[];
  webhookSecretIsDefault: boolean;
  /** undefined: if the data directory is new. */
  demo: boolean | undefined;
  /** undefined: the URL of the sandbox. */
  junctionBaseUrl: string | undefined;
  /** undefined: the key of the sandbox, if the base URL is that of the sandbox. null: no key. */
  junctionApiKey: string | null | undefined;
  /** Whether to print each event that the event bus accepts. */
  logEvents: boolean;
  /** The programs that get events, and the secret that signs them. */
  events: { targets: EventTarget[]; secret: string };
  /** How many times faster than on AWS a failing stream record ages. */
  retryTimeScale: number;
  /** Of a deployment of several teams; none for one team. */
  teams: LocalTeam[];
  /** CDK context for the configuration of the deployment. */
  context: Record<string, string>;
}

const url = (name: string, example: string) => {
  const rule = `${name} must be an http or https URL without a user name, query or fragment, for example ${example}.`;
  return z
    .url({ protocol: /^https?$/, error: rule })
    .refine((text) => !/[@?#]/.test(text), rule)
    .optional();
};

const secretRule =
  'WEBHOOK_SECRET must be a signing secret of Junction (whsec_ and the base64 of at least 16 bytes), or two of them ' +
  'separated by a comma (current,previous) during a rotation.';

const portRule = 'PORT must be a whole number from 0 to 65535; 0 selects a free port.';

const scaleRule = 'RETRY_TIME_SCALE must be a whole number from 1 (as on AWS) to 86400.';

/** A day of AWS in a minute: the 12 hours of the template pass in 30 seconds. */
const DEFAULT_TIME_SCALE = 1440;

/** Variables for settings of the deployment, with the same rules. */
const deploymentSettingNames = [
  ...clockSettings,
  'criticalNoAcknowledgement',
  'checkUpdates',
  'checkDraws',
  'keepInterpretation',
  'teams',
  'patientNames',
  'ordering',
  'nextSteps',
  'recordLink',
  'junctionLink',
  'ownerMailSender',
  'existingTable',
  'watchingSince',
  'historicalEvents',
  'watchOnly',
  ...messageSettingNames,
  'messageTemplates',
] as const;
type Variable = VariableOf<(typeof deploymentSettingNames)[number]>;

/** What a deployment needs for messages to patients. The local senders accept any address. */
const localMessages = {
  'redraw-tracker:messageBrand': 'Example Health',
  'redraw-tracker:messageLink': 'https://portal.example.com/orders/{order_id}',
  'redraw-tracker:messagePhone': '1-800-555-0100',
  'redraw-tracker:messageEmailSender': 'results@example.com',
  'redraw-tracker:messageSmsSender': 'phone-local',
};

/** Here nothing is history before an import makes it so: the demo's month is to be news. */
const news = { 'redraw-tracker:watchingSince': 'import' };

const deploymentSchema = Object.fromEntries(
  deploymentSettingNames.map((name) => {
    const variable = variableOf(name);
    const { schema, expected } = deploymentSettings[name];
    const accepted = (value: string) => schema.safeParse(value).success;
    return [variable, z.string().refine(accepted, `${variable} must be ${expected}.`).optional()];
  }),
) as Record<Variable, z.ZodOptional<z.ZodString>>;

const environmentSchema = z.object({
  ...deploymentSchema,
  PORT: z
    .string()
    .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535, portRule)
    .transform(Number)
    .default(8787),
  ALLOWED_HOSTS: allowedHosts(`ALLOWED_HOSTS ${ALLOWED_HOSTS_RULE}.`),
  DATA_DIR: z.string().default('.local'),
  DYNAMODB_ENDPOINT: url('DYNAMODB_ENDPOINT', 'http://127.0.0.1:8000'),
  WEBHOOK_SECRET: z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.length <= 2 && secrets.every(isSigningSecret), secretRule)
    .optional(),
  DEMO: z.enum(['on', 'off'], 'DEMO must be on or off.').optional(),
  LOG_EVENTS: z.enum(['on', 'off'], 'LOG_EVENTS must be on or off.').default('off'),
  EVENTS_TO: z.string().optional(),
  EVENTS_SECRET: z
    .string()
    .refine(
      isSigningSecret,
      'EVENTS_SECRET must be a signing secret: whsec_ and the base64 of at least 16 bytes.',
    )
    .default(DEVELOPMENT_SECRET),
  JUNCTION_BASE_URL: url('JUNCTION_BASE_URL', 'https://api.sandbox.tryvital.io'),
  JUNCTION_API_KEY: z.string().optional(),
  RETRY_TIME_SCALE: z
    .string()
    .refine((scale) => /^[1-9]\d{0,4}$/.test(scale) && Number(scale) <= 86_400, scaleRule)
    .transform(Number)
    .default(DEFAULT_TIME_SCALE),
});

/** The variables that `npm start` reads. */
export const VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

/**
 * Reads the settings of `npm start` from the environment. An empty variable counts as not set.
 * @throws Problem with one sentence per invalid value
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new Problem(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const values = parsed.data;
  return {
    port: values.PORT,
    allowedHosts: values.ALLOWED_HOSTS,
    dataDirectory: values.DATA_DIR,
    dynamodbEndpoint: values.DYNAMODB_ENDPOINT,
    webhookSecrets: values.WEBHOOK_SECRET ?? [DEVELOPMENT_SECRET],
    webhookSecretIsDefault: values.WEBHOOK_SECRET === undefined,
    demo: values.DEMO === undefined ? undefined : values.DEMO === 'on',
    junctionBaseUrl: values.JUNCTION_BASE_URL,
    junctionApiKey: values.JUNCTION_API_KEY === 'none' ? null : values.JUNCTION_API_KEY,
    teams: teamsOf(values.TEAMS, values.WEBHOOK_SECRET?.[0] ?? DEVELOPMENT_SECRET),
    logEvents: values.LOG_EVENTS === 'on',
    events: {
      targets: values.EVENTS_TO === undefined ? [] : readEventTargets(values.EVENTS_TO),
      secret: values.EVENTS_SECRET,
    },
    retryTimeScale: values.RETRY_TIME_SCALE,
    context: contextOf(values),
  };
}

function teamsOf(file: string | undefined, secret: string): LocalTeam[] {
  if (file === undefined) return [];
  try {
    return readTeamsFile(file).map(({ id, name }) => ({
      id,
      name,
      webhookSecret: `whsec_${createHmac('sha256', secret).update(id).digest('base64')}`,
      apiKey: `${SANDBOX_API_KEY}_${id}`,
    }));
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Problem(error.message);
    throw error;
  }
}

function contextOf(values: Partial<Record<Variable, string | undefined>>) {
  const channels = values.PATIENT_MESSAGES ?? 'off';
  const context: Record<string, string> = { ...news, ...(channels !== 'off' && localMessages) };
  for (const name of deploymentSettingNames) {
    const value = values[variableOf(name)];
    if (value !== undefined) context[`redraw-tracker:${name}`] = value;
  }
  return context;
}

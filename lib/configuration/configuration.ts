import type * as z from 'zod';
import { settings } from './configuration-keys.ts';

/** The prefix of our keys in the CDK context. */
const namespace = 'redraw-tracker:';

type Settings = typeof settings;

/** The configuration of a deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

/**
 * The first part of every fixed name. It contains the stage instead of the name of a stack, so that the names stay the same
 * in whatever stack the resources are, and two stages in one account do not share a name.
 */
export function serviceName({ stage }: Pick<Configuration, 'stage'>): string {
  return `redraw-tracker-${stage}`;
}

/** The namespace of our own metrics. It names the stage, so that two stages in one account do not share alarms. */
export function metricsNamespace({ stage }: Pick<Configuration, 'stage'>): string {
  return `RedrawTracker/${stage}`;
}

/** The clocks of redraws and checks, by the environment variable that passes each to the functions. */
export const clockSettings = {
  REDRAW_NO_ORDER: 'redrawNoOrder',
  REDRAW_NO_REQUISITION: 'redrawNoRequisition',
  REDRAW_NO_APPOINTMENT: 'redrawNoAppointment',
  REDRAW_AFTER_APPOINTMENT: 'redrawAfterAppointment',
  REDRAW_AFTER_RESULT_DATE: 'redrawAfterResultDate',
  REDRAW_NO_RESULT_DATE: 'redrawNoResultDate',
  CHECK_DIVERGING: 'checkDiverging',
  CHECK_SILENT: 'checkSilent',
  LAB_TIME_ZONE: 'labTimeZone',
} as const;

/** The configuration is invalid. The message names each key and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: readonly string[]) {
    super(
      `The deployment configuration is invalid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSet keys in "context" of cdk.json or with -c key=value. docs/deploy.md describes them all.`,
    );
  }
}

/**
 * Reads our keys (`redraw-tracker:<name>`) from a CDK context and adds the defaults.
 *
 * @throws {ConfigurationError} with every unknown key, invalid value and conflict
 */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const faults = unknownKeys(context);
  const read: Record<string, unknown> = {};
  for (const [name, { schema, expected }] of Object.entries(settings)) {
    const given = context[namespace + name];
    const parsed = schema.safeParse(given);
    if (parsed.success) read[name] = parsed.data;
    else faults.push(`${namespace}${name} is ${JSON.stringify(given)}. It must be ${expected}.`);
  }
  const configuration = read as Configuration;
  if (faults.length === 0) faults.push(...conflicts(configuration));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return configuration;
}

function unknownKeys(context: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(context)
    .filter((key) => key.startsWith(namespace) && !Object.hasOwn(settings, key.slice(namespace.length)))
    .map((key) => `${key} is an unknown key. The keys are ${Object.keys(settings).join(', ')}.`);
}

function conflicts(configuration: Configuration): string[] {
  const { oidcIssuer, tokenDomainPrefix } = configuration;
  const found = [
    ...requireBoth(
      configuration,
      'oidcIssuer',
      'oidcAudience',
      'Set both, or neither to use a Cognito user pool.',
    ),
    ...requireBoth(
      configuration,
      'dashboardDomain',
      'dashboardCertificateArn',
      'Set both, or neither to use a domain name of CloudFront.',
    ),
  ];
  if (oidcIssuer && tokenDomainPrefix) {
    found.push(
      `${namespace}tokenDomainPrefix applies to the Cognito user pool, which ${namespace}oidcIssuer replaces. Remove one of the two.`,
    );
  }
  return [...found, ...signInConflicts(configuration)];
}

/** Whether to deploy the dashboard: by default, if people can sign in to it. */
export function hasDashboard({ dashboard, oidcIssuer, dashboardClientId }: Configuration): boolean {
  const signInKnown = oidcIssuer === undefined || dashboardClientId !== undefined;
  return dashboard === undefined ? signInKnown : dashboard === 'on';
}

function signInConflicts({ oidcIssuer, dashboard, ...configuration }: Configuration): string[] {
  const { dashboardClientId, dashboardSignInOrigins } = configuration;
  if (oidcIssuer && dashboard === 'on' && !dashboardClientId) {
    return [
      `${namespace}oidcIssuer is set without ${namespace}dashboardClientId. Register the dashboard with your issuer and set its client id, or set ${namespace}dashboard to off.`,
    ];
  }
  const externalOnly = Object.entries({ dashboardClientId, dashboardSignInOrigins });
  return externalOnly
    .filter(([, value]) => value !== undefined && !oidcIssuer)
    .map(
      ([key]) => `${namespace}${key} needs an external issuer. Set ${namespace}oidcIssuer too, or remove it.`,
    );
}

/** Checks two keys that only work together. */
function requireBoth(
  configuration: Configuration,
  one: keyof Configuration,
  other: keyof Configuration,
  whatToDo: string,
): string[] {
  if ((configuration[one] === undefined) === (configuration[other] === undefined)) return [];
  const [present, absent] = configuration[one] === undefined ? [other, one] : [one, other];
  return [`${namespace}${present} is set without ${namespace}${absent}. ${whatToDo}`];
}

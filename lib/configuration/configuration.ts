import type * as z from 'zod';
import { settings } from './configuration-keys.ts';

/** Every key of ours in the CDK context starts so; the rest of the context belongs to CDK and others. */
const namespace = 'redraw-tracker:';

type Settings = typeof settings;

/** All that can be decided at deployment. docs/deploy.md describes each key. */
export type Configuration = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };

/** The clocks of redraws and checks, by the variables that tell functions of them. */
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
  const { oidcIssuer, tokenDomainPrefix } = configuration;
  const found = [
    ...together(
      configuration,
      'oidcIssuer',
      'oidcAudience',
      'Give both, or neither to have a Cognito user pool.',
    ),
    ...together(
      configuration,
      'dashboardDomain',
      'dashboardCertificateArn',
      'Give both, or neither to have an address of CloudFront’s.',
    ),
  ];
  if (oidcIssuer && tokenDomainPrefix) {
    found.push(
      `${namespace}tokenDomainPrefix belongs to the Cognito user pool, which ${namespace}oidcIssuer replaces. Remove one of the two.`,
    );
  }
  return [...found, ...signInContradictions(configuration)];
}

/** Whether there is to be a page for people: where nothing is said of it, wherever they can sign in. */
export function hasDashboard({ dashboard, oidcIssuer, dashboardClientId }: Configuration): boolean {
  const signInKnown = oidcIssuer === undefined || dashboardClientId !== undefined;
  return dashboard === undefined ? signInKnown : dashboard === 'on';
}

function signInContradictions({ oidcIssuer, dashboard, ...configuration }: Configuration): string[] {
  const { dashboardClientId, dashboardSignInOrigins } = configuration;
  if (oidcIssuer && dashboard === 'on' && !dashboardClientId) {
    return [
      `${namespace}oidcIssuer is given without ${namespace}dashboardClientId. Register the dashboard with your issuer and give its client id, or do not ask for ${namespace}dashboard.`,
    ];
  }
  const ofOwnIssuer = Object.entries({ dashboardClientId, dashboardSignInOrigins });
  return ofOwnIssuer
    .filter(([, value]) => value !== undefined && !oidcIssuer)
    .map(
      ([key]) =>
        `${namespace}${key} is for an issuer of your own. Give ${namespace}oidcIssuer too, or remove it.`,
    );
}

/** Two keys of which one means nothing without the other. */
function together(
  configuration: Configuration,
  one: keyof Configuration,
  other: keyof Configuration,
  whatToDo: string,
): string[] {
  if ((configuration[one] === undefined) === (configuration[other] === undefined)) return [];
  const [present, absent] = configuration[one] === undefined ? [other, one] : [one, other];
  return [`${namespace}${present} is given without ${namespace}${absent}. ${whatToDo}`];
}

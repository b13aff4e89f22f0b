import type * as z from 'zod';
import { CLOCK_TABLE, type ClockName } from '../../core/domain/clocks/clock-table.ts';
import { dependsOnDeployment, deployTimeExamples, withStandIns } from '../setting/deploy-time-values.ts';
import { contextPrefix, type Label } from '../setting/setting-label.ts';
import { conflictsOf } from './configuration-conflicts.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type Configuration, type SettingsInput, settings } from './configuration-keys.ts';
import { auditRetentions } from './keys/retention-keys.ts';
import type { RedrawTrackerSettings } from './settings.ts';
import { mostSimilar } from './similar-name.ts';

export { type VariableOf, variableOf } from '../../core/domain/setting-variable.ts';
export type { Configuration };

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

/** How long the audit trail is kept, with the access log, which has what API Gateway refuses. */
export function auditRetentionDays({ auditRetentionYears }: Pick<Configuration, 'auditRetentionYears'>) {
  const days = auditRetentions[auditRetentionYears];
  if (days === undefined)
    throw new Error(`CloudWatch Logs cannot keep a log for ${auditRetentionYears} years.`);
  return days;
}

/** The settings that every function needs which computes due times. */
export const clockSettings = [...(Object.keys(CLOCK_TABLE) as ClockName[]), 'labTimeZone'] as const;

/**
 * Reads our keys (`redraw-tracker:<name>`) from a CDK context and adds the defaults.
 *
 * @throws {ConfigurationError} with every unknown key, invalid value and conflict
 */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const ours = Object.entries(context).filter(([key]) => key.startsWith(contextPrefix));
  const given = Object.fromEntries(ours.map(([key, value]) => [key.slice(contextPrefix.length), value]));
  const { configuration, faults } = parseSettings(given, (name) => contextPrefix + name);
  if (faults.length === 0) return configuration;
  throw new ConfigurationError(
    faults,
    'Set keys in "context" of cdk.json or with -c key=value. docs/deploy.md describes them all.',
  );
}

/**
 * Reads the settings of a construct and adds the defaults.
 *
 * @throws {ConfigurationError} with every unknown prop, invalid value and conflict
 */
export function configurationOf(props: RedrawTrackerSettings, label: Label = (name) => name): Configuration {
  // These three do not compile if a prop has no setting, a setting no prop, or the two differ in type.
  const everyProp: Record<keyof RedrawTrackerSettings, unknown> = settings;
  const names: (keyof RedrawTrackerSettings)[] = Object.keys(everyProp) as (keyof SettingsInput)[];
  const accepted: SettingsInput = props;
  const known = Object.fromEntries(names.map((name) => [name, accepted[name]]));
  const { configuration, faults } = parseSettings({ ...known, ...props }, label, 'prop');
  if (faults.length === 0) return configuration;
  throw new ConfigurationError(faults, 'The type RedrawTrackerDataProps describes each prop.');
}

/**
 * Checks settings by name, and adds the defaults. The configuration is usable if there are no faults.
 *
 * @param kind what the deployer writes: keys of a context, where lists are texts, or props
 */
export function parseSettings(
  given: Readonly<Record<string, unknown>>,
  label: Label,
  kind: 'key' | 'prop' = 'key',
) {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(settings, name));
  const faults = unknown.map((name) => unknownSetting(name, label, kind));
  const read: Record<string, unknown> = {};
  for (const [name, { schema, expected }] of Object.entries(settings)) {
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) read[name] = parsed.data;
    else {
      const needed = kind === 'key' ? expected : expected.replace('separated by commas', 'in an array');
      faults.push(`${label(name)} ${asGiven(given[name], schema)}. It must be ${needed}.`);
    }
  }
  const configuration = read as Configuration;
  if (faults.length === 0) faults.push(...conflictsOf(configuration, label));
  return { configuration, faults };
}

/** Suggests the setting that differs least. */
function unknownSetting(name: string, label: Label, kind: 'key' | 'prop'): string {
  const known = Object.keys(settings);
  const similar = mostSimilar(name, known);
  const advice = similar ? `Did you mean ${label(similar)}?` : `The ${kind}s are ${known.join(', ')}.`;
  return `${label(name)} is an unknown ${kind}. ${advice}`;
}

/** Markers of the CDK would tell nobody anything. */
function asGiven(value: unknown, schema: z.ZodType): string {
  const text = JSON.stringify(value);
  if (!dependsOnDeployment(value)) return `is ${text}`;
  // Then it is the rest of the value that is wrong.
  if (deployTimeExamples.some((example) => schema.safeParse(example).success)) {
    return `is ${withStandIns(text, () => '…').text}`;
  }
  return 'has a value that exists only at deployment, and it is needed before';
}

/** Whether to deploy the dashboard: by default, if people can sign in to it. */
export function hasDashboard({ dashboard, oidcIssuer, dashboardClientId }: Configuration): boolean {
  const signInKnown = oidcIssuer === undefined || dashboardClientId !== undefined;
  return dashboard === undefined ? signInKnown : dashboard === 'on';
}

/**
 * The programs that get tokens from our user pool, with the scopes of each. By default one that reads and registers orders,
 * which every integration does. What shows results, changes the worklist or replays webhooks is for the deployer to grant.
 */
export function machineClientsOf({
  machineClients,
}: Configuration): Readonly<Record<string, readonly string[]>> {
  return machineClients ?? { backend: ['transactions/read', 'orders/write'] };
}

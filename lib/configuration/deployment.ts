import * as z from 'zod';
import { contextPrefix } from '../setting/setting-label.ts';
import { type Configuration, parseSettings, readConfiguration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { regionFault } from './regions.ts';
import { stages as ownStages, type StageSettings } from './stages.ts';

/** Where to deploy, as far as it is configured. */
export interface DeploymentEnvironment {
  readonly account?: string;
  readonly region?: string;
}

export interface Deployment {
  readonly configuration: Configuration;
  readonly env: DeploymentEnvironment;
}

const environmentSettings = {
  account: {
    schema: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    expected: 'the 12 digits of an AWS account, as text',
  },
  region: {
    schema: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .refine((region) => regionFault(region) === undefined)
      .optional(),
    expected: 'the name of a commercial AWS region (for example us-east-1)',
  },
};

const FILE = 'lib/configuration/stages.ts';

/**
 * Reads the stage that a CDK context names. Our keys in the context have precedence over the stage's own settings, and
 * these over the defaults.
 *
 * @throws {ConfigurationError} with every fault of any stage; or with every fault of the context
 */
export function readDeployment(
  context: Readonly<Record<string, unknown>>,
  stages: Readonly<Record<string, StageSettings>> = ownStages,
): Deployment {
  const faults = Object.entries(stages).flatMap(([name, stage]) => faultsOf(name, stage));
  if (faults.length === 0) faults.push(...sharedNames(stages));
  const name = context[`${contextPrefix}stage`] ?? 'prod';
  const stage = Object.hasOwn(stages, String(name)) ? stages[String(name)] : undefined;
  if (!stage) {
    faults.push(
      `${contextPrefix}stage is ${JSON.stringify(name)}. ${FILE} has ${Object.keys(stages).join(', ')}.`,
    );
  }
  if (!stage || faults.length > 0) {
    throw new ConfigurationError(
      faults,
      `Correct ${FILE}, or choose another stage. docs/deploy.md describes both.`,
    );
  }
  const { account, region, ...settings } = stage;
  const ofStage = Object.entries(settings).map(([key, value]) => [contextPrefix + key, value]);
  return {
    configuration: readConfiguration({ ...Object.fromEntries(ofStage), ...context }),
    env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
  };
}

function faultsOf(name: string, { account, region, ...settings }: StageSettings): string[] {
  const given = { account, region };
  const environment = Object.entries(environmentSettings).flatMap(([key, { schema, expected }]) => {
    const value = given[key as keyof typeof given];
    return schema.safeParse(value).success
      ? []
      : [`${name}.${key} is ${JSON.stringify(value)}. It must be ${expected}.`];
  });
  const { faults } = parseSettings({ ...settings, stage: name }, (key) => `${name}.${key}`);
  return [...environment, ...faults];
}

/** Host names that two stages would both take. */
function sharedNames(stages: Readonly<Record<string, StageSettings>>): string[] {
  const takenBy = new Map<string, string>();
  return Object.entries(stages).flatMap(([name, { dashboardDomain, tokenDomainPrefix, region = '' }]) =>
    [
      { key: 'dashboardDomain', value: dashboardDomain, scope: '' },
      { key: 'tokenDomainPrefix', value: tokenDomainPrefix, scope: region },
    ].flatMap(({ key, value, scope }) => {
      if (value === undefined) return [];
      const identity = `${key} ${value} ${scope}`;
      const other = takenBy.get(identity);
      takenBy.set(identity, name);
      return other === undefined
        ? []
        : [`${name}.${key} is ${JSON.stringify(value)}, which ${other} has too.`];
    }),
  );
}

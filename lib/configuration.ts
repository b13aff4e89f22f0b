import type * as z from 'zod';
import { settings } from './configuration-keys.ts';

/** Every key of ours in the CDK context starts so; the rest of the context belongs to CDK and others. */
const namespace = 'redraw-tracker:';

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

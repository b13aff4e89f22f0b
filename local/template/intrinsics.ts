import { Problem } from '../problem.ts';

/** What the template says besides its resources, and what its resources are called on this machine. */
export interface World {
  parameters: ReadonlyMap<string, string>;
  conditions: Readonly<Record<string, unknown>>;
  mappings: Readonly<Record<string, unknown>>;
  /** @returns undefined for what this machine has no answer to. */
  ref(logicalId: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
}

/** Both throw a Problem that names the place when they meet something that has no meaning on this machine. */
export interface Resolver {
  /** Replaces every intrinsic function in the value. `where` is for the message. */
  resolve(value: unknown, where: string): unknown;
  holds(condition: unknown, where: string): boolean;
}

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/local/local`,
  'AWS::StackName': 'local',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Stands for AWS::NoValue until the list or object around it drops it. */
const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, where: string) => unknown;

/** CloudFormation's intrinsic functions, but for those that reach outside the template. */
export function resolver(world: World): Resolver {
  const unresolved = (what: string, where: string) =>
    new Problem(`The template's ${where} uses ${what}, which the local run cannot resolve.`);

  function ref(name: unknown, where: string): unknown {
    const id = text(name, where);
    if (id === 'AWS::NoValue') return noValue;
    const value = pseudoParameters[id] ?? world.parameters.get(id) ?? world.ref(id);
    if (value === undefined) throw unresolved(`Ref ${id}`, where);
    return value;
  }

  function attribute(argument: unknown, where: string): string {
    const path = Array.isArray(argument)
      ? argument.map((part) => text(resolve(part, where), where))
      : [argument];
    const [id, name] = splitOnce(path.join('.'));
    const value = world.attribute(id, name);
    if (value === undefined) throw unresolved(`Fn::GetAtt ${id}.${name}`, where);
    return value;
  }

  function substitute(argument: unknown, where: string): string {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const known = (resolve(variables, where) ?? {}) as Record<string, unknown>;
    return text(pattern, where).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (Object.hasOwn(known, name)) return text(known[name], where);
      return text(name.includes('.') ? attribute(name, where) : ref(name, where), where);
    });
  }

  function holds(condition: unknown, where: string): boolean {
    if (typeof condition === 'string') {
      if (!Object.hasOwn(world.conditions, condition)) throw unresolved(`the condition ${condition}`, where);
      return holds(world.conditions[condition], `condition ${condition}`);
    }
    const [name, argument] = onlyEntry(condition) ?? [];
    const parts = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return holds(argument, where);
      case 'Fn::And':
        return parts.every((part) => holds(part, where));
      case 'Fn::Or':
        return parts.some((part) => holds(part, where));
      case 'Fn::Not':
        return !holds(parts[0], where);
      case 'Fn::Equals':
        return resolve(parts[0], where) === resolve(parts[1], where);
      default:
        throw unresolved(`the condition ${JSON.stringify(condition)}`, where);
    }
  }

  const intrinsics: Record<string, Intrinsic> = {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Sub': substitute,
    'Fn::Join': (argument, where) => {
      const [separator, parts] = list(resolve(argument, where), where);
      return list(parts, where)
        .map((part) => text(part, where))
        .join(text(separator, where));
    },
    'Fn::Select': (argument, where) => {
      const [index, parts] = list(resolve(argument, where), where);
      return list(parts, where)[Number(index)];
    },
    'Fn::Split': (argument, where) => {
      const [separator, whole] = list(resolve(argument, where), where);
      return text(whole, where).split(text(separator, where));
    },
    'Fn::Base64': (argument, where) => Buffer.from(text(resolve(argument, where), where)).toString('base64'),
    'Fn::FindInMap': (argument, where) => {
      const keys = list(resolve(argument, where), where).map((key) => text(key, where));
      return keys.reduce<unknown>((level, key) => (level as Record<string, unknown>)?.[key], world.mappings);
    },
    'Fn::If': (argument, where) => {
      const [condition, yes, no] = list(argument, where);
      return resolve(holds(condition, where) ? yes : no, where);
    },
  };

  function resolve(value: unknown, where: string): unknown {
    if (Array.isArray(value))
      return value.map((item) => resolve(item, where)).filter((item) => item !== noValue);
    if (typeof value !== 'object' || value === null) return value;
    const [name, argument] = onlyEntry(value) ?? [];
    const intrinsic = name === undefined ? undefined : intrinsics[name];
    if (intrinsic) return intrinsic(argument, where);
    if (name?.startsWith('Fn::')) throw unresolved(name, where);
    const entries = Object.entries(value).map(
      ([key, item]) => [key, resolve(item, `${where}.${key}`)] as const,
    );
    return Object.fromEntries(entries.filter(([, item]) => item !== noValue));
  }

  return {
    holds,
    resolve(value, where) {
      const resolved = resolve(value, where);
      return resolved === noValue ? undefined : resolved;
    },
  };
}

function onlyEntry(value: unknown): [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  return entries.length === 1 ? entries[0] : undefined;
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Problem(`The template's ${where} has ${JSON.stringify(value)} where a text is needed.`);
}

function list(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Problem(`The template's ${where} has ${JSON.stringify(value)} where a list is needed.`);
}

function splitOnce(path: string): [string, string] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
}

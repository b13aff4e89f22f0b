import { Problem } from '../../../lib/problems/problem.ts';

/** The values that Ref and Fn::GetAtt return on this machine. */
export interface ResourceValues {
  /** @returns undefined if the local run has no value. */
  ref(logicalId: string): string | undefined;
  /** @returns undefined if the local run has no value. */
  attribute(logicalId: string, name: string): string | undefined;
}

/**
 * Replaces every intrinsic function in the value.
 * @param path where the value is in the template, for the error message
 * @throws Problem for a function that the local run does not support, or that has no value here
 */
export type Resolve = (value: unknown, path: string) => unknown;

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/local/local`,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The intrinsic functions that the template uses. */
export function resolver(values: ResourceValues): Resolve {
  function ref(id: unknown, path: string): string {
    const value = pseudoParameters[String(id)] ?? values.ref(String(id));
    if (value === undefined) throw unsupported(`Ref ${id}`, path);
    return value;
  }

  const intrinsics: Record<string, (argument: unknown, path: string) => unknown> = {
    Ref: ref,
    'Fn::GetAtt': (argument, path) => {
      const [id, name] = listOf(argument, path).map(String);
      const value = values.attribute(id ?? '', name ?? '');
      if (value === undefined) throw unsupported(`Fn::GetAtt ${id}.${name}`, path);
      return value;
    },
    'Fn::Sub': (argument, path) =>
      textOf(argument, path).replace(/\$\{([^}]+)\}/g, (_, name: string) => ref(name, path)),
    'Fn::Join': (argument, path) => {
      const [separator, parts] = listOf(resolve(argument, path), path);
      return listOf(parts, path)
        .map((part) => textOf(part, path))
        .join(textOf(separator, path));
    },
    'Fn::Select': (argument, path) => {
      const [index, parts] = listOf(resolve(argument, path), path);
      return listOf(parts, path)[Number(index)];
    },
    'Fn::Split': (argument, path) => {
      const [separator, whole] = listOf(resolve(argument, path), path);
      return textOf(whole, path).split(textOf(separator, path));
    },
  };

  function resolve(value: unknown, path: string): unknown {
    if (Array.isArray(value)) return value.map((item) => resolve(item, path));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
    if (intrinsic) return intrinsic(argument, path);
    if (name.startsWith('Fn::')) throw unsupported(name, path);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolve(item, `${path}.${key}`)]),
    );
  }

  return resolve;
}

function unsupported(expression: string, path: string): Problem {
  return new Problem(`The template's ${path} uses ${expression}, which the local run does not support.`);
}

function textOf(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Problem(`The template's ${path} is ${JSON.stringify(value)}, which is not text.`);
}

function listOf(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Problem(`The template's ${path} is ${JSON.stringify(value)}, which is not a list.`);
}

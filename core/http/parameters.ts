import * as z from 'zod/mini';
import { Problem } from './problem.ts';
import { repeatable } from './requests.ts';

type Schema = z.core.$ZodType;

/** What stands in the path, by the route's schema. Throws a Problem 400 that says what is wrong with it. */
export function pathParameters<S extends Schema>(schema: S, given: unknown): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(400, `The ${nameOf(issue)} in the path is wrong: ${explain(issue, given)}.`);
}

/**
 * The query parameters, by the route's schema. API Gateway joins by commas what a name was given more than once, which
 * could pass for one value: the names in `repeated` say so. Throws a Problem 400 that names the wrong one.
 */
export function queryParameters<S extends Schema>(
  schema: S,
  given: unknown,
  repeated: readonly string[],
): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  const [issue] = parsed.error?.issues ?? [];
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `This route has no parameter ${issue.keys.map(quoted).join(', ')}.`);
  }
  const twice = repeated.find((name) => !repeatable.has(name));
  if (twice !== undefined) throw new Problem(400, `The parameter ${twice} is given more than once.`);
  if (parsed.success) return parsed.data;
  throw new Problem(400, `The parameter ${nameOf(issue)} is wrong: ${explain(issue, given)}.`);
}

/** The JSON body, by the route's schema. Throws a Problem 400 that names the wrong field. */
export function jsonBody<S extends Schema>(schema: S, bytes: Buffer): z.core.output<S> {
  const given = parseJson(bytes);
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `The body has no field ${issue.keys.map(quoted).join(', ')}.`);
  }
  if (!issue || issue.path.length === 0) throw new Problem(400, 'The body is not a JSON object.');
  throw new Problem(400, `The field ${nameOf(issue)} is wrong: ${explain(issue, given)}.`);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}

function explain(issue: z.core.$ZodIssue | undefined, given: unknown): string {
  switch (issue?.code) {
    case 'invalid_value':
      return issue.values.length === 1
        ? `it can only be ${String(issue.values[0])}`
        : `it must be one of ${issue.values.map(String).join(', ')}`;
    case 'custom':
    case 'invalid_format':
      return issue.message.startsWith('not ') ? `it is ${issue.message}` : issue.message;
    case 'too_small':
      return `its length must be at least ${issue.minimum}`;
    case 'too_big':
      return `its length must be at most ${issue.maximum}`;
    case 'invalid_type':
      return isMissing(issue, given) ? 'it is missing' : `it must be a ${issue.expected}`;
    default:
      return 'it is not of the form documented';
  }
}

function isMissing({ path: [name] }: z.core.$ZodIssue, given: unknown): boolean {
  return typeof given === 'object' && given !== null && name !== undefined && !(name in given);
}

function nameOf(issue: z.core.$ZodIssue | undefined): string {
  return issue?.path.map(String).join('.') ?? '';
}

/** A name the caller gave, told back: short, and nothing that could pass for anything else. */
function quoted(name: string): string {
  return `"${name.slice(0, 40).replaceAll(/[^\w.-]/g, '?')}"`;
}

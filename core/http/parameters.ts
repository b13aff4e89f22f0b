import * as z from 'zod/mini';
import type { Fault } from '../domain/request-refused.ts';
import { Problem } from './problem.ts';

type Schema = z.core.$ZodType;

/** Parses the path parameters. Throws a Problem 400 that names the invalid one. */
export function pathParameters<S extends Schema>(schema: S, given: unknown): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(400, `The ${nameOf(issue)} in the path is invalid: ${explain(issue, given)}.`);
}

/**
 * Parses the query parameters. API Gateway joins the values of a repeated parameter by commas, which could pass for one
 * value. Therefore the parameters in `repeated` are refused. Throws a Problem 400 that names the invalid one.
 */
export function queryParameters<S extends Schema>(
  schema: S,
  given: unknown,
  repeated: readonly string[],
): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  const [issue] = parsed.error?.issues ?? [];
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `This route does not support the parameter ${issue.keys.map(quoted).join(', ')}.`);
  }
  if (repeated[0] !== undefined)
    throw new Problem(400, `The parameter ${repeated[0]} is given more than once.`);
  if (parsed.success) return parsed.data;
  throw new Problem(400, `The parameter ${nameOf(issue)} is invalid: ${explain(issue, given)}.`);
}

/** Parses the headers, whose names are in lower case. Throws a Problem 400 that names the invalid one. */
export function headerFields<S extends Schema>(schema: S, given: unknown): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(400, `The header ${nameOf(issue)} is invalid: ${explain(issue, given)}.`);
}

/** Reads the JSON body. Throws a Problem 400 that names the first invalid field, and all of them if there are several. */
export function bodyFields<S extends Schema>(schema: S, given: unknown): z.core.output<S> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const issues = issuesOfNearestForm(parsed.error.issues);
  const [first] = issues;
  const faults = issues.flatMap((issue) => faultsOf(issue, given));
  // The first fault of a field says enough.
  const errors = faults.filter(({ field }, at) => faults.findIndex((one) => one.field === field) === at);
  throw new Problem(400, sentenceOf(first, given), {}, errors.length > 1 ? { errors } : {});
}

/** If the body can have several forms, the issues of the closest one. */
function issuesOfNearestForm(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union' || issue.path.length > 0) return issues;
  const distance = (form: readonly z.core.$ZodIssue[]) =>
    form.filter(
      ({ code, path }) => code === 'unrecognized_keys' || (code === 'invalid_type' && path.length > 0),
    ).length;
  const forms = issue.errors.toSorted((one, other) => distance(one) - distance(other));
  return forms[0] ?? issues;
}

function sentenceOf(issue: z.core.$ZodIssue | undefined, given: unknown): string {
  if (issue?.code === 'unrecognized_keys')
    return `The body must not contain the field ${issue.keys.map(quoted).join(', ')}.`;
  if (!issue || issue.path.length === 0) return 'The body must be a JSON object.';
  return `The field ${nameOf(issue)} is invalid: ${explain(issue, given)}.`;
}

function faultsOf(issue: z.core.$ZodIssue, given: unknown): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: cleaned(key), detail: 'This field is not supported.' }));
  }
  const why = explain(issue, given);
  return [{ field: nameOf(issue), detail: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` }];
}

function explain(issue: z.core.$ZodIssue | undefined, given: unknown): string {
  switch (issue?.code) {
    case 'invalid_value':
      return issue.values.length === 1
        ? `it must be ${String(issue.values[0])}`
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
      return 'it does not match the documented format';
  }
}

function isMissing({ path: [name] }: z.core.$ZodIssue, given: unknown): boolean {
  return typeof given === 'object' && given !== null && name !== undefined && !(name in given);
}

function nameOf(issue: z.core.$ZodIssue | undefined): string {
  return issue?.path.map(String).join('.') ?? '';
}

/** A name from the request, shortened and without special characters. */
function cleaned(name: string): string {
  return name.slice(0, 40).replaceAll(/[^\w.-]/g, '?');
}

function quoted(name: string): string {
  return `"${cleaned(name)}"`;
}

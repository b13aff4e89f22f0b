import * as z from 'zod/mini';
import { Problem } from '../http/problem.ts';

/** The query parameters of a request, by the route's schema. Throws a Problem 400 that names the wrong one. */
export function parameters<Schema extends z.core.$ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `This route has no parameter ${issue.keys.map(quoted).join(', ')}.`);
  }
  throw new Problem(400, `The parameter ${String(issue?.path[0])} is wrong: ${explain(issue)}.`);
}

/** The JSON body of a request, by the route's schema. Throws a Problem 400 that names the wrong field. */
export function body<Schema extends z.core.$ZodType>(schema: Schema, text: string): z.output<Schema> {
  const parsed = z.safeParse(schema, parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `The body has no field ${issue.keys.map(quoted).join(', ')}.`);
  }
  if (!issue || issue.path.length === 0) throw new Problem(400, 'The body is not a JSON object.');
  throw new Problem(400, `The field ${issue.path.map(String).join('.')} is wrong: ${explain(issue)}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_value':
      return `it is one of ${issue.values.map(String).join(', ')}`;
    case 'custom':
    case 'invalid_format':
      return issue.message;
    case 'too_small':
      return `its length is at least ${issue.minimum}`;
    case 'too_big':
      return `its length is at most ${issue.maximum}`;
    case 'invalid_type':
      return `it is a ${issue.expected}`;
    default:
      return 'it is not of the form documented';
  }
}

/** A name the caller gave, told back: short, and nothing that could pass for anything else. */
function quoted(name: string): string {
  return `"${name.slice(0, 40).replaceAll(/[^\w.-]/g, '?')}"`;
}

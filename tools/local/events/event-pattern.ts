import { Problem } from '../../../lib/problems/problem.ts';

export type Matches = (event: unknown) => boolean;

/**
 * Compiles the event pattern of a Lambda event filter or an EventBridge rule. It supports nested fields, each with a
 * list of values, `prefix` or `anything-but` lists of which one must match.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws Problem for any other operator
 */
export function eventPattern(pattern: unknown): Matches {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) throw unsupported(pattern);
  const fields = Object.entries(pattern).map(([name, expected]): Matches => {
    const matches = Array.isArray(expected) ? anyOf(expected) : eventPattern(expected);
    return (event) => matches(fieldOf(event, name));
  });
  return (event) => fields.every((matches) => matches(event));
}

/** As in EventBridge, a field that holds a list matches if one of its elements does. */
function anyOf(rules: unknown[]): Matches {
  const matchers = rules.map(valueMatcher);
  return (field) => {
    const values = Array.isArray(field) ? field : [field];
    return values.some((value) => matchers.some((matches) => matches(value)));
  };
}

function valueMatcher(rule: unknown): Matches {
  if (typeof rule !== 'object' || rule === null) return (value) => value === rule;
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(rule);
  if (others.length > 0) throw unsupported(rule);
  if (operator === 'prefix' && typeof operand === 'string') {
    return (value) => typeof value === 'string' && value.startsWith(operand);
  }
  if (operator !== 'anything-but' || !isListOfTexts(operand)) throw unsupported(rule);
  return (value) => typeof value === 'string' && !operand.includes(value);
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function fieldOf(event: unknown, name: string): unknown {
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, name)) return undefined;
  return (event as Record<string, unknown>)[name];
}

function unsupported(rule: unknown): Problem {
  return new Problem(`The local run does not support the event pattern ${JSON.stringify(rule)}.`);
}

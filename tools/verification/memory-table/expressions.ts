/** The part of DynamoDB's expression language that the store uses. Throws for anything else. */

import { isDeepStrictEqual } from 'node:util';

export type Attributes = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

type Condition = (item: Attributes, placeholders: Placeholders) => boolean;

const compiled = new Map<string, Condition>();

/** Whether a condition holds for an item; `{}` is an absent item. */
export function holds(expression: string | undefined, item: Attributes, placeholders: Placeholders): boolean {
  if (expression === undefined) return true;
  let condition = compiled.get(expression);
  if (!condition) {
    const alternatives = expression.split(' OR ').map((one) => one.split(' AND ').map(clause));
    condition = (attributes, given) =>
      alternatives.some((clauses) => clauses.every((one) => one(attributes, given)));
    compiled.set(expression, condition);
  }
  return condition(item, placeholders);
}

function clause(text: string): Condition {
  const absent = /^attribute_not_exists\(([#\w.]+)\)$/.exec(text);
  if (absent) return (item, given) => valueAt(item, absent[1], given) === undefined;
  const present = /^attribute_exists\(([#\w.]+)\)$/.exec(text);
  if (present) return (item, given) => valueAt(item, present[1], given) !== undefined;
  const lacks = /^NOT contains\(([#\w.]+), (:\w+)\)$/.exec(text);
  if (lacks) {
    return (item, given) => {
      const held = valueAt(item, lacks[1], given);
      return !(held instanceof Set && held.has(valueNamed(lacks[2], given)));
    };
  }
  const begins = /^begins_with\(([#\w.]+), (:\w+)\)$/.exec(text);
  if (begins) {
    return (item, given) =>
      String(valueAt(item, begins[1], given) ?? '').startsWith(String(valueNamed(begins[2], given)));
  }
  const compares = /^([#\w.]+) (<|=) (:\w+)$/.exec(text);
  if (!compares) throw new Error(`unsupported condition: ${text}`);
  return (item, given) => {
    const held = valueAt(item, compares[1], given);
    const asked = valueNamed(compares[3], given);
    if (held === undefined || typeof held !== typeof asked) return false;
    return compares[2] === '<'
      ? (held as string) < (asked as string)
      : held === asked || isDeepStrictEqual(held, asked);
  };
}

function valueAt(item: Attributes, path = '', given: Placeholders): unknown {
  let value: unknown = item;
  for (const part of path.split('.')) value = (value as Attributes | undefined)?.[nameOf(part, given)];
  return value;
}

/** The attribute that a part of a path names. */
export function nameOf(part: string, { ExpressionAttributeNames: names }: Placeholders): string {
  if (!part.startsWith('#')) return part;
  const name = names?.[part];
  if (name === undefined) throw new Error(`no attribute name ${part}`);
  return name;
}

/** The value of a placeholder. */
export function valueNamed(name = '', { ExpressionAttributeValues: values }: Placeholders): unknown {
  if (!values || !(name in values)) throw new Error(`no attribute value ${name}`);
  return values[name];
}

/** The item after `SET a = :a, c = if_not_exists(c, :c), … ADD b :b, … REMOVE d`, or a part of that. */
export function updated(expression: string, item: Attributes, given: Placeholders): Record<string, unknown> {
  const next: Record<string, unknown> = { ...item };
  for (const { action, path, operand } of stepsOf(expression)) {
    const name = nameOf(path, given);
    if (action === 'REMOVE') delete next[name];
    else next[name] = action === 'SET' ? assigned(operand, item, given) : sum(next[name], operand, given);
  }
  return next;
}

interface UpdateStep {
  readonly action: string;
  readonly path: string;
  readonly operand: string;
}

const steps = new Map<string, readonly UpdateStep[]>();

function stepsOf(expression: string): readonly UpdateStep[] {
  const known = steps.get(expression);
  if (known) return known;
  const read = readSteps(expression);
  steps.set(expression, read);
  return read;
}

function readSteps(expression: string): UpdateStep[] {
  return expression.split(/ (?=(?:ADD|REMOVE) )/).flatMap((section) => {
    const [, action, body = ''] = /^(SET|ADD|REMOVE) (.+)$/.exec(section) ?? [];
    if (!action) throw new Error(`unsupported update: ${expression}`);
    // Commas between the arguments of a function do not separate.
    return body.split(/, (?![^(]*\))/).map((part) => {
      const [path = '', operand = ''] = part.split(action === 'SET' ? ' = ' : / (?=:)/);
      return { action, path, operand };
    });
  });
}

/** As in DynamoDB, every operand has the value from before the update. */
function assigned(operand: string, item: Attributes, given: Placeholders): unknown {
  const [, path, otherwise] = /^if_not_exists\((#?\w+), (:\w+)\)$/.exec(operand) ?? [];
  return path === undefined
    ? valueNamed(operand, given)
    : (valueAt(item, path, given) ?? valueNamed(otherwise, given));
}

function sum(held: unknown, operand: string, given: Placeholders): unknown {
  const added = valueNamed(operand, given);
  if (added instanceof Set) return new Set([...((held as Set<unknown> | undefined) ?? []), ...added]);
  return ((held as number | undefined) ?? 0) + (added as number);
}

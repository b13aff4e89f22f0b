import { Problem } from './problem.ts';

export type Matches = (event: unknown) => boolean;

/**
 * Compiles an event pattern as Lambda's event filters and EventBridge's rules know it: nested fields, each with a
 * list of values or rules of which one has to hold.
 * @throws Problem for a rule that is not known here
 */
export function eventPattern(pattern: unknown): Matches {
  const fields = Object.entries(asObject(pattern)).map(([name, expected]) => fieldMatcher(name, expected));
  return (event) => fields.every((matches) => matches(event));
}

function fieldMatcher(name: string, expected: unknown): Matches {
  if (name === '$or') {
    const alternatives = asList(expected).map(eventPattern);
    return (event) => alternatives.some((matches) => matches(event));
  }
  if (!Array.isArray(expected)) {
    const within = eventPattern(expected);
    return (event) => each(field(event, name)).some(within);
  }
  const rules = expected.map(leafMatcher);
  return (event) => {
    const value = field(event, name);
    // An empty list has no value either; an object is no leaf, which only leaves can match.
    const values = each(value).filter((item) => typeof item !== 'object' || item === null);
    return rules.some((matches) => (values.length === 0 ? matches(undefined) : values.some(matches)));
  };
}

function leafMatcher(rule: unknown): Matches {
  if (typeof rule !== 'object' || rule === null) return (value) => value === rule;
  const [[name, argument] = ['', undefined]] = Object.entries(rule);
  const build = leafRules[name];
  if (!build) throw new Problem(`The local run does not know the event filter rule ${JSON.stringify(rule)}.`);
  return build(argument);
}

const leafRules: Record<string, (argument: unknown) => Matches> = {
  prefix: (argument) => onText((value) => value.startsWith(String(argument))),
  suffix: (argument) => onText((value) => value.endsWith(String(argument))),
  'equals-ignore-case': (argument) => {
    const wanted = String(argument).toLowerCase();
    return onText((value) => value.toLowerCase() === wanted);
  },
  exists: (argument) => (value) => (value !== undefined) === argument,
  'anything-but': (argument) => {
    const excluded = (Array.isArray(argument) ? argument : [argument]).map(leafMatcher);
    return (value) => value !== undefined && !excluded.some((matches) => matches(value));
  },
  numeric: (argument) => {
    const parts = asList(argument);
    const comparisons = Array.from({ length: parts.length / 2 }, (_, index) =>
      comparison(String(parts[index * 2]), Number(parts[index * 2 + 1])),
    );
    return (value) => typeof value === 'number' && comparisons.every((holds) => holds(value));
  },
};

function comparison(operator: string, bound: number): (value: number) => boolean {
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      throw new Problem(`The local run does not know the numeric comparison ${operator} of an event filter.`);
  }
}

function onText(holds: (value: string) => boolean): Matches {
  return (value) => typeof value === 'string' && holds(value);
}

function field(event: unknown, name: string): unknown {
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, name)) return undefined;
  return (event as Record<string, unknown>)[name];
}

function each(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function asObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Problem(`An event filter has ${JSON.stringify(value)} where an object or a list is needed.`);
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Problem(`An event filter has ${JSON.stringify(value)} where a list is needed.`);
}

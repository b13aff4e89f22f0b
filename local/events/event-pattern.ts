import { BlockList, isIP } from 'node:net';
import { Problem } from '../problem.ts';

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
  if (!build)
    throw new Problem(`The local run does not know the event pattern rule ${JSON.stringify(rule)}.`);
  return build(argument);
}

const leafRules: Record<string, (argument: unknown) => Matches> = {
  prefix: (argument) => textRule(argument, (value, start) => value.startsWith(start)),
  suffix: (argument) => textRule(argument, (value, end) => value.endsWith(end)),
  'equals-ignore-case': (argument) =>
    textRule(inLowerCase(argument), (value, wanted) => value === wanted, true),
  wildcard: (argument) => {
    const patterns = each(argument).map((pattern) => wildcard(String(pattern)));
    return onText((value) => patterns.some((pattern) => pattern.test(value)));
  },
  cidr: (argument) => {
    const [network = '', bits = ''] = String(argument).split('/');
    if (isIP(network) === 0 || !/^\d+$/.test(bits)) {
      throw new Problem(`An event pattern has the network ${JSON.stringify(argument)}, which is none.`);
    }
    const blocks = new BlockList();
    blocks.addSubnet(network, Number(bits), family(network));
    return onText((value) => isIP(value) !== 0 && blocks.check(value, family(value)));
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

/** One text or several, or `{ "equals-ignore-case": … }` around them. */
function textRule(
  argument: unknown,
  holds: (value: string, wanted: string) => boolean,
  ignoringCase = false,
): Matches {
  if (typeof argument === 'object' && argument !== null && 'equals-ignore-case' in argument) {
    return textRule(inLowerCase(argument['equals-ignore-case']), holds, true);
  }
  const wanted = each(argument).map(String);
  return onText((value) => {
    const compared = ignoringCase ? value.toLowerCase() : value;
    return wanted.some((text) => holds(compared, text));
  });
}

function inLowerCase(argument: unknown): string[] {
  return each(argument).map((text) => String(text).toLowerCase());
}

/** `*` stands for anything; a backslash takes the meaning from the next character. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|[\s\S]/g, (part: string, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    return part === '*' ? '.*' : literal(part);
  });
  return new RegExp(`^${source}$`, 's');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

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
      throw new Problem(
        `The local run does not know the numeric comparison ${operator} of an event pattern.`,
      );
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
  throw new Problem(`An event pattern has ${JSON.stringify(value)} where an object or a list is needed.`);
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Problem(`An event pattern has ${JSON.stringify(value)} where a list is needed.`);
}

import * as z from 'zod';
import { type Random, random } from '../random.ts';

/** How often a rule applies. */
export const limits = {
  /** From 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  /** The seed for `probability`. */
  seed: z.int().default(0),
  /** The maximum number of applications. Without it, the rule applies until it is cleared. */
  times: z.int().min(1).optional(),
};

type Limits = z.output<z.ZodObject<typeof limits>>;

export type Active<Rule> = Rule & {
  /** Identifies the rule for clearing it and in the log. */
  id: string;
  /** How often it has applied so far. */
  struck: number;
};

interface Entry<Rule, Subject> {
  rule: Active<Rule>;
  source: Random;
  fits: (subject: Subject) => boolean;
}

/** Fault injection rules. If several match a subject, the first one added applies. */
export class Rules<Input, Rule extends Limits, Subject> {
  #entries: Entry<Rule, Subject>[] = [];
  #added = 0;
  readonly #read: (input: Input) => Rule;
  readonly #matcher: (rule: Rule) => (subject: Subject) => boolean;
  readonly #prefix: string;

  /** @param read throws if the rule is invalid */
  constructor(
    prefix: string,
    read: (input: Input) => Rule,
    matcher: (rule: Rule) => (subject: Subject) => boolean,
  ) {
    this.#prefix = prefix;
    this.#read = read;
    this.#matcher = matcher;
  }

  /** @throws {ZodError} if the rule is invalid */
  add(input: Input): Active<Rule> {
    const read = this.#read(input);
    this.#added += 1;
    const rule = { ...read, id: `${this.#prefix}-${this.#added}`, struck: 0 };
    this.#entries.push({ rule, source: random(`${this.#prefix}/${read.seed}`), fits: this.#matcher(read) });
    return { ...rule };
  }

  /** Clears a rule, or all. @returns the number of cleared rules */
  clear(id?: string): number {
    const before = this.#entries.length;
    this.#entries = id === undefined ? [] : this.#entries.filter(({ rule }) => rule.id !== id);
    return before - this.#entries.length;
  }

  list(): Active<Rule>[] {
    return this.#entries.map(({ rule }) => ({ ...rule }));
  }

  /** The rule that applies to this subject, if any. Counts the application. */
  strike(subject: Subject): Active<Rule> | null {
    for (const { rule, source, fits } of this.#entries) {
      if (rule.struck >= (rule.times ?? Infinity) || !fits(subject)) continue;
      if (!source.chance(rule.probability)) continue;
      rule.struck += 1;
      return { ...rule };
    }
    return null;
  }
}

/** A pattern in which `*` matches any text. */
export function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

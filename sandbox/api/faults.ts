import * as z from 'zod';
import { type Random, random } from '../random.ts';
import type { ApiRequest } from './api.ts';

/**
 * The faults of the API:
 * `too_many_requests` 429 and `unavailable` 503, with `Retry-After` if `retryAfter` is given · `slow` the correct
 * response after `delayMs` · `malformed_json` 200 with truncated JSON · `wrong_shape` 200 with undocumented JSON ·
 * `html_page` 502 with an HTML page, as gateways respond · `html_ok` the same with 200 · `empty_body` 200 with an empty
 * body · `reset` the connection is reset.
 */
export const FAULTS = [
  'too_many_requests',
  'unavailable',
  'slow',
  'malformed_json',
  'wrong_shape',
  'html_page',
  'html_ok',
  'empty_body',
  'reset',
] as const;

export type FaultName = (typeof FAULTS)[number];

const ruleSchema = z
  .strictObject({
    fault: z.enum(FAULTS),
    /** The delay before the response, for every fault. */
    delayMs: z.int().min(0).max(600_000).optional(),
    /** Seconds, or an HTTP date. */
    retryAfter: z.union([z.int().min(0), z.string()]).optional(),
    /** A path with an optional method; `*` matches any text: `GET /v3/order/*`. */
    route: z.string().optional(),
    /** Limits the rule to requests that name this order or transaction in path, query or body. */
    about: z.string().optional(),
    /** From 0 to 1; 1 by default. */
    probability: z.number().min(0).max(1).default(1),
    /** The seed for `probability`. */
    seed: z.int().default(0),
    /** The maximum number of applications; without it the rule applies until it is cleared. */
    times: z.int().min(1).optional(),
  })
  .refine(({ fault, delayMs }) => fault !== 'slow' || delayMs !== undefined, {
    path: ['delayMs'],
    message: 'slow needs delayMs',
  });

export type FaultRule = z.input<typeof ruleSchema>;

export type ActiveFault = z.output<typeof ruleSchema> & {
  /** Identifies the rule for clearing it and in the log. */
  id: string;
  /** How often it has applied so far. */
  struck: number;
};

interface Entry {
  fault: ActiveFault;
  source: Random;
  route: { method: string | null; path: RegExp } | null;
}

/** The rules by which the API fails. If several match a request, the first one added applies. */
export class Faults {
  #entries: Entry[] = [];
  #added = 0;

  /** @throws {ZodError} if the rule is invalid */
  add(rule: FaultRule): ActiveFault {
    const read = ruleSchema.parse(rule);
    this.#added += 1;
    const fault = { ...read, id: `fault-${this.#added}`, struck: 0 };
    const source = random(`fault/${fault.seed}`);
    this.#entries.push({ fault, source, route: fault.route === undefined ? null : readRoute(fault.route) });
    return { ...fault };
  }

  /** Clears a rule, or all. @returns the number of cleared rules */
  clear(id?: string): number {
    const before = this.#entries.length;
    this.#entries = id === undefined ? [] : this.#entries.filter(({ fault }) => fault.id !== id);
    return before - this.#entries.length;
  }

  list(): ActiveFault[] {
    return this.#entries.map(({ fault }) => ({ ...fault }));
  }

  /** The rule that applies to this request, if any. Counts the application. */
  strike(request: ApiRequest): ActiveFault | null {
    for (const entry of this.#entries) {
      const { fault } = entry;
      if (fault.struck >= (fault.times ?? Infinity) || !fits(entry, request)) continue;
      if (!entry.source.chance(fault.probability)) continue;
      fault.struck += 1;
      return { ...fault };
    }
    return null;
  }
}

function readRoute(text: string): Entry['route'] {
  const [, method = null, path = text] = /^([A-Z]+) (.*)$/.exec(text) ?? [];
  const pattern = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return { method, path: new RegExp(`^${pattern.join('.*')}$`) };
}

function fits({ fault, route }: Entry, request: ApiRequest): boolean {
  if (route && ((route.method ?? request.method) !== request.method || !route.path.test(request.path))) {
    return false;
  }
  return fault.about === undefined || textOf(request).includes(fault.about.toLowerCase());
}

function textOf({ path, query, body }: ApiRequest): string {
  return `${path}?${query}${JSON.stringify(body) ?? ''}`.toLowerCase();
}

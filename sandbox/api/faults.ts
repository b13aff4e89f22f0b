import * as z from 'zod';
import { type Random, random } from '../random.ts';
import type { ApiRequest } from './api.ts';

/**
 * What can go wrong between a consumer and the API:
 * `too_many_requests` 429 and `unavailable` 503, with `Retry-After` where `retryAfter` is given · `slow` the
 * truth, after `delayMs` · `malformed_json` 200 and JSON that ends in the middle · `wrong_shape` 200 and other
 * JSON than documented · `html_page` 502 and a page for people, as gateways answer · `html_ok` the same with
 * 200 · `empty_body` 200 and nothing · `reset` the connection is reset instead of an answer.
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
    /** Waits so long before any of them. */
    delayMs: z.int().min(0).max(600_000).optional(),
    /** Seconds, or a date as HTTP writes it. */
    retryAfter: z.union([z.int().min(0), z.string()]).optional(),
    /** A path, before it a method or none; `*` stands for any text: `GET /v3/order/*`. */
    route: z.string().optional(),
    /** Only requests that name this order or transaction in their path, query or body. */
    about: z.string().optional(),
    /** From 0 to 1; 1 by default. */
    probability: z.number().min(0).max(1).default(1),
    /** Decides the probability. */
    seed: z.int().default(0),
    /** Strikes so often at most; without it until it is cleared. */
    times: z.int().min(1).optional(),
  })
  .refine(({ fault, delayMs }) => fault !== 'slow' || delayMs !== undefined, {
    path: ['delayMs'],
    message: 'slow needs delayMs',
  });

export type FaultRule = z.input<typeof ruleSchema>;

export type ActiveFault = z.output<typeof ruleSchema> & {
  /** Names the rule when it is cleared, and in the log. */
  id: string;
  /** How often it struck so far. */
  struck: number;
};

interface Entry {
  fault: ActiveFault;
  source: Random;
  route: { method: string | null; path: RegExp } | null;
}

/** The rules by which the API fails. Of several that fit a request, the one that was added first strikes. */
export class Faults {
  #entries: Entry[] = [];
  #added = 0;

  /** Throws a `ZodError` for a rule that is none. */
  add(rule: FaultRule): ActiveFault {
    const read = ruleSchema.parse(rule);
    this.#added += 1;
    const fault = { ...read, id: `fault-${this.#added}`, struck: 0 };
    const source = random(`fault/${fault.seed}`);
    this.#entries.push({ fault, source, route: fault.route === undefined ? null : readRoute(fault.route) });
    return { ...fault };
  }

  /** One rule, or all; says how many there were. */
  clear(id?: string): number {
    const before = this.#entries.length;
    this.#entries = id === undefined ? [] : this.#entries.filter(({ fault }) => fault.id !== id);
    return before - this.#entries.length;
  }

  list(): ActiveFault[] {
    return this.#entries.map(({ fault }) => ({ ...fault }));
  }

  /** The rule that strikes this request, if one does; counts it. */
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

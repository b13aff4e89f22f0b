import * as z from 'zod';
import type { ApiRequest } from '../api/api.ts';
import { type Active, limits, Rules, wildcard } from '../webhooks/rules.ts';

/**
 * The faults of the API:
 * `too_many_requests` 429 and `unavailable` 503, with `Retry-After` if `retryAfter` is given · `not_enabled` what Junction
 * answers a team without the feature: 503 for appointments at service centers, 400 for unmatched results · `slow` the correct
 * response after `delayMs` · `late_answer` the same, but the request takes effect at once · `slot_taken` somebody else books the
 * slot first · `malformed_json` 200 with truncated JSON · `wrong_shape` 200 with undocumented JSON · `html_page` 502 with
 * an HTML page, as gateways respond · `html_ok` the same with 200 · `empty_body` 200 with an empty body · `reset` the
 * connection is reset.
 */
export const FAULTS = [
  'too_many_requests',
  'unavailable',
  'not_enabled',
  'slow',
  'late_answer',
  'slot_taken',
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
    ...limits,
  })
  .refine(({ fault, delayMs }) => !['slow', 'late_answer'].includes(fault) || delayMs !== undefined, {
    path: ['delayMs'],
    message: 'slow and late_answer need delayMs',
  });

export type FaultRule = z.input<typeof ruleSchema>;

type Fault = z.output<typeof ruleSchema>;

export type ActiveFault = Active<Fault>;

/** The rules for injecting API faults. */
export class Faults extends Rules<FaultRule, Fault, ApiRequest> {
  constructor() {
    super('fault', (rule) => ruleSchema.parse(rule), matcherOf);
  }
}

function matcherOf({ route, about }: Fault): (request: ApiRequest) => boolean {
  const [, method = null, path = route] = /^([A-Z]+) (.*)$/.exec(route ?? '') ?? [];
  const pattern = path === undefined ? null : wildcard(path);
  return (request) =>
    (method ?? request.method) === request.method &&
    (pattern?.test(request.path) ?? true) &&
    (about === undefined || textOf(request).includes(about.toLowerCase()));
}

function textOf({ path, query, body }: ApiRequest): string {
  return `${path}?${query}${JSON.stringify(body) ?? ''}`.toLowerCase();
}

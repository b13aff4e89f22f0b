import type * as z from 'zod/mini';
import type { RouteKey } from '../../../core/http/route-scopes.ts';

/** The parts of a route's description that do not follow from its schemas. */
export interface Operation {
  readonly tag:
    | 'transactions'
    | 'orders'
    | 'ordering'
    | 'redraws'
    | 'messages'
    | 'match-reviews'
    | 'critical-results'
    | 'results'
    | 'quarantine'
    | 'service';
  readonly summary: string;
  readonly description?: string;
  /** The status of the answer; 200 by default. */
  readonly status?: 200 | 201;
  /** The description of the answer. */
  readonly answer: string;
  readonly content: z.core.$ZodType | { readonly type: string; readonly schema: object };
  readonly example?: unknown;
  /** The JSON schema of the body, if the route reads the body itself. */
  readonly body?: object;
  readonly bodyExample?: unknown;
  /** Errors other than 400, 401, 403, 413, 429, 500 and 503. */
  readonly problems?: Readonly<Record<number, string>>;
}

/** The operations of one resource. */
export type Operations = Partial<Readonly<Record<RouteKey, Operation>>>;

export const NO_TRANSACTION = 'The transaction does not exist.';
export const FROM_JUNCTION = {
  404: 'The transaction does not exist, Junction has not yet reported the transaction of this order, or Junction has no results for it.',
  502: 'Junction rejects the configured API key, or returns no usable response.',
  503: 'No API key for Junction is configured, Junction limits the rate of requests, or the store is not available. See `Retry-After`.',
  504: 'Junction did not respond in time.',
};
export const INTERPRETATION =
  '`interpretation` of an order is null unless the deployment stores it and the token also has `results/read`.';
export const LISTED =
  '`order` sets the sort direction: `asc` starts with the earliest entry, `desc` with the latest. A page can have fewer entries than `limit` even if more pages follow. Continue until `next_cursor` is null. A cursor is valid only for the list and the filter that it came from. It does not expire, but it becomes invalid if the cursor secret of the deployment is replaced.';

/** The filters of a list by what an order is for. */
export const ORDERED =
  '`test` is part of the name of the lab test, and `lab` is the lab as Junction spells it; neither is case-sensitive. `modality` is the collection method. `expected_by` is the latest date by which the lab expects the result. A single order must match all of these filters.';

import type * as z from 'zod/mini';
import type { RouteKey } from '../../../core/http/route-scopes.ts';
import type { Problems } from './problems.ts';
import type { Tag } from './tags.ts';

/** The parts of a route's description that do not follow from its schemas. */
export interface Operation {
  /** What clients call it. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** The status of the answer; 200 by default. */
  readonly status?: 200 | 201;
  /** The description of the answer. */
  readonly answer: string;
  readonly content: z.core.$ZodType | { readonly type: string; readonly schema: object };
  readonly example?: unknown;
  /** The schema of the body, if the route reads the body itself. */
  readonly body?: z.core.$ZodType;
  /** What the body is for. */
  readonly bodyDescription?: string;
  readonly bodyExample?: unknown;
  /** Errors other than 400, 401, 403, 413, 429, 500 and 503. */
  readonly problems?: Problems;
  /** What has to be on in a deployment that has the route; nothing for most. */
  readonly needs?: 'ordering' | 'messages' | 'people';
}

/** The operations of one resource. */
export type Operations = Partial<Readonly<Record<RouteKey, Operation>>>;

export const INTERPRETATION =
  '`interpretation` of an order is null unless the deployment stores it and the token also has `results/read`.';
/** Of lists that filter while they read. */
export const FILTERED =
  'All filters can be combined. One request examines at most about 500 entries, so a page can be short.';

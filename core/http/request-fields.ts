import * as z from 'zod/mini';
import { describe } from '../domain/describe.ts';
import { LIST_ORDERS } from '../domain/list-order.ts';
import { isOneLine } from '../domain/one-line.ts';
import { unicode, uuid } from './text-fields.ts';

/** Parts of requests that several routes have. Query parameters are text. */

export const noPath = z.object({});
export const noQuery = z.strictObject({});
export const byId = z.object({ id: uuid });
DOCS: describe(byId, {
  properties: { id: 'The ID of the transaction, order or other thing that the path names.' },
});

const limit = z.string().check(
  z.regex(/^\d{1,3}$/, 'it must be a whole number'),
  z.refine((text) => Number(text) >= 1 && Number(text) <= 100, 'it must be between 1 and 100'),
);
DOCS: describe(limit, {
  description: 'How many entries a page has at most. It can have fewer, even if more pages follow.',
  json: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
});

export const flag = z.enum(['true', 'false']);
DOCS: describe(flag, { json: { type: 'boolean' } });

const listOrder = z.enum(LIST_ORDERS);
DOCS: describe(listOrder, {
  description:
    'The sort direction: `asc` starts with the earliest entry, `desc` with the latest. The default depends on the list.',
});

const cursor = z.string().check(z.minLength(1), z.maxLength(1_024));
DOCS: describe(cursor, {
  description:
    'The `next_cursor` of the page before. It is valid only for the list, filter and `order` that it came from. It does not expire, but becomes invalid if the cursor secret of the deployment is replaced.',
});

const teamId = z.string().check(z.minLength(1), z.maxLength(256));
DOCS: describe(teamId, { description: 'Junction’s ID of the team that the request is about, of several.' });

/** The team that a request is about, of several. */
export const ofTeam = { team_id: z.optional(teamId) };

export const paging = {
  /** By the key that the list is sorted by. */
  order: z.optional(listOrder),
  limit: z.optional(limit),
  cursor: z.optional(cursor),
};

export type Paging = z.output<z.ZodMiniObject<typeof paging>>;

/** Shown within lines, and not made of invisible characters only. */
const readable = z.refine<string>((text) => isOneLine(text) && /[^\p{Cf}\p{Zs}]/u.test(text), {
  error: 'it must be one line of visible text',
  abort: true,
});

/** One line of visible text of at most `max` characters. */
export function visibleLine(max: number) {
  return z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(max), readable);
}

/** The name of the acting person or program, as operators know it. */
export const by = visibleLine(128);
DOCS: describe(by, {
  description:
    'The name of the person or program that does this, one line of visible text. If the token is that of a person, it must be the verified email address in it. Where it may be left out, it is that address, or the ID of the program.',
});

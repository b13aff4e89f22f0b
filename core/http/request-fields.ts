import * as z from 'zod/mini';
import { LIST_ORDERS } from '../domain/list-order.ts';
import { isOneLine } from '../domain/one-line.ts';
import { unicode, uuid } from './text-fields.ts';

/** Parts of requests that several routes have. Query parameters are text. */

export const noPath = z.object({});
export const noQuery = z.strictObject({});
export const byId = z.object({ id: uuid });

export const limit = z.string().check(
  z.regex(/^\d{1,3}$/, 'it must be a whole number'),
  z.refine((text) => Number(text) >= 1 && Number(text) <= 100, 'it must be between 1 and 100'),
);

export const flag = z.enum(['true', 'false']);

export const paging = {
  /** By the key that the list is sorted by. */
  order: z.optional(z.enum(LIST_ORDERS)),
  limit: z.optional(limit),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(1_024))),
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

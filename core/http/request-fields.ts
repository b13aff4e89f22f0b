import * as z from 'zod/mini';
import { uuid } from '../junction/fields.ts';

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
  limit: z.optional(limit),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(1_024))),
};

export type Paging = z.output<z.ZodMiniObject<typeof paging>>;

import * as z from 'zod/mini';
import { cursorSchema } from '../../core/use-cases/rebuild/cursor.ts';

const wholeNumber = (least: number, most: number, standard: number) =>
  z._default(z.int().check(z.gte(least), z.lte(most)), standard);

/** What a caller asks for. Whoever goes on gives the cursor of the last answer, and the rest again. */
export const requestSchema = z.strictObject({
  /** Find what differs, and write nothing. */
  dry_run: z._default(z.boolean(), false),
  /** Parts of the table that are walked through side by side; a cursor has its own. */
  segments: wholeNumber(1, 64, 4),
  /** Items looked at per second, all segments together. */
  items_per_second: wholeNumber(1, 5_000, 200),
  /** Stop after so long and answer with a cursor. Shorter than what most callers wait for an answer. */
  seconds: wholeNumber(1, 840, 45),
  cursor: z._default(z.nullable(cursorSchema), null),
});

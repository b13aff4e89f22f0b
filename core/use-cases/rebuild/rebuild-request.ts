import * as z from 'zod/mini';
import { cursorSchema } from './position.ts';

/** A time as used in revisions: seconds since 1970, rounded up so that nothing before the time lies after the second. */
const seconds = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => Math.ceil(Date.parse(text) / 1_000)),
);

const wholeNumber = (min: number, max: number, byDefault: number) =>
  z._default(z.int().check(z.gte(min), z.lte(max)), byDefault);

/** What a rebuild is asked for, by the function's caller or on the command line. */
export const rebuildOptions = {
  /** Reports differences and writes nothing. */
  dry_run: z._default(z.boolean(), false),
  /** Parts of the table that are scanned concurrently. A cursor determines it. */
  segments: wholeNumber(1, 64, 4),
  /** Items checked per second, all segments together. */
  items_per_second: wholeNumber(1, 5_000, 200),
  /** Only compares the counters with the transactions. */
  counters_only: z._default(z.boolean(), false),
  /** When the table was restored from a backup: every revision becomes greater than any from before the restore. */
  restored_at: z._default(seconds, 0),
};

/** A request to the function. To continue, repeat it with the cursor of the last answer. */
export const rebuildRequest = z.strictObject({
  ...rebuildOptions,
  /** Stops after this time and answers with a cursor. The default is shorter than the timeout of most callers. */
  seconds: wholeNumber(1, 840, 45),
  cursor: z._default(z.nullable(cursorSchema), null),
  /** The time of a scheduled run. */
  time: z.optional(z.string()),
});

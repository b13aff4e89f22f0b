import * as z from 'zod';

/** The first line of an export. */
export const firstLine = z.object({
  kind: z.literal('export'),
  /** The same however often the export was continued. */
  id: z.string(),
  /** The form of the stored items. A deployment loads only its own. */
  form: z.int(),
  /** The version that exported it. */
  version: z.string(),
  table: z.string(),
  started_at: z.string(),
});
export type FirstLine = z.output<typeof firstLine>;

/** The last line. Without it, the export is not finished. */
export const lastLine = z.object({ kind: z.literal('end'), items: z.int() });

/** A line between them: an item of the table. */
export const itemLine = z.object({
  kind: z.string(),
  /** As a route shows it; null for what no route shows. */
  api: z.unknown(),
  /** The item in DynamoDB's JSON. */
  stored: z.record(z.string(), z.unknown()),
});
export type ItemLine = z.output<typeof itemLine>;

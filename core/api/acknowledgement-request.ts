import * as z from 'zod/mini';
import { by } from '../http/request-fields.ts';
import { instant, unicode } from '../junction/fields.ts';

/** The body of a request that acknowledges. An empty note is none. */
export const acknowledgementBody = z.strictObject({
  by,
  note: z.optional(z.nullable(z.string().check(unicode, z.trim(), z.maxLength(1_000)))),
  replaces: z.optional(z.nullable(instant)),
});

/** The body of a request that acknowledges a redraw. */
export const redrawAcknowledgementBody = z.strictObject({
  ...acknowledgementBody.shape,
  stop_messages: z.optional(z.boolean()),
});

/** The query of a request that withdraws. */
export const withdrawalQuery = z.strictObject({ by, acknowledged_at: z.optional(instant) });

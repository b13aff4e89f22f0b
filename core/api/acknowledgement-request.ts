import * as z from 'zod/mini';
import { DECIDED_NAMES } from '../domain/transaction/decision.ts';
import { by } from '../http/request-fields.ts';
import { instant, unicode, uuid } from '../http/text-fields.ts';

/** The body of a request that acknowledges. An empty note counts as no note. */
export const acknowledgementBody = z.strictObject({
  by,
  note: z.optional(z.nullable(z.string().check(unicode, z.trim(), z.maxLength(1_000)))),
  replaces: z.optional(z.nullable(instant)),
});

/** The body of a request that acknowledges a redraw. */
export const redrawAcknowledgementBody = z.strictObject({
  ...acknowledgementBody.shape,
  stop_messages: z.optional(z.boolean()),
  decided: z.optional(z.nullable(z.enum(DECIDED_NAMES))),
});

/** A request acknowledges or withdraws from at most this many redraws. */
const MAX_REDRAWS = 50;

const { replaces, ...common } = redrawAcknowledgementBody.shape;

/** The body of a request that acknowledges several redraws. */
export const redrawAcknowledgementsBody = z.strictObject({
  ...common,
  redraws: z
    .array(z.strictObject({ transaction_id: uuid, replaces }))
    .check(z.minLength(1), z.maxLength(MAX_REDRAWS)),
});

const acknowledged_at = z.optional(instant);

/** The query of a request that withdraws. */
export const withdrawalQuery = z.strictObject({ by, acknowledged_at });

/** The body of a request that withdraws from several redraws. */
export const withdrawalsBody = z.strictObject({
  by,
  redraws: z
    .array(z.strictObject({ transaction_id: uuid, acknowledged_at }))
    .check(z.minLength(1), z.maxLength(MAX_REDRAWS)),
});

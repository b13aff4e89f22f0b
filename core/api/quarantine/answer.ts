import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { WEBHOOK_OUTCOMES } from '../../domain/webhook-outcomes.ts';
import { problem } from '../../http/problem-schema.ts';

const text = z.nullable(z.string());

/** A quarantined webhook without its body. */
export const quarantined = z.object({
  id: z.string(),
  reason: z.string(),
  message_id: text,
  event_type: text,
  order_id: text,
  order_transaction_id: text,
  user_id: text,
  received_at: z.string(),
  size: z.int(),
  expires_at: z.string(),
  replayed_at: text,
  replay_outcome: text,
  /** Who said that it need not be replayed, when and why; null if nobody did. */
  dismissal: z.nullable(z.object({ at: z.string(), by: z.string(), caller, note: z.string() })),
});

export const quarantineList = z.object({ quarantined: z.array(quarantined), next_cursor: text });

export const replayAnswer = z.object({
  id: z.string(),
  outcome: z.enum(WEBHOOK_OUTCOMES),
  reason: text,
});

/** The result for one webhook of a batch replay. */
const replayResult = z.object({
  id: z.string(),
  /** The status that a request for this webhook alone would have got. */
  status: z.int(),
  outcome: z.nullable(z.enum(WEBHOOK_OUTCOMES)),
  /** Why it is still quarantined. */
  reason: text,
  /** Why it was not replayed; null if it was. */
  problem: z.nullable(problem),
});
export type ReplayResult = z.output<typeof replayResult>;

/** `next_cursor` is null if no webhook with the reason is left that this and earlier requests did not replay. */
export const replayResults = z.object({ results: z.array(replayResult), next_cursor: text });

import * as z from 'zod/mini';
import { WEBHOOK_OUTCOMES } from '../../domain/webhook-outcomes.ts';

const text = z.nullable(z.string());

const quarantined = z.object({
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
});

export const quarantineList = z.object({ quarantined: z.array(quarantined), next_cursor: text });

export const replayAnswer = z.object({
  id: z.string(),
  outcome: z.enum(WEBHOOK_OUTCOMES),
  reason: text,
});

import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { CRITICAL_STATES, TOLD_BY } from '../../domain/order/critical-result.ts';

const text = z.nullable(z.string());

/** The critical result of an order, in ids and times. */
const state = {
  state: z.enum(CRITICAL_STATES),
  /** When the first report arrived that was not acknowledged. */
  opened_at: text,
  /** `updated_at` of the latest report. */
  latest_at: text,
  /** Null while the critical result is open. */
  acknowledgement: z.nullable(
    z.object({
      by: z.string(),
      at: z.string(),
      caller,
      told: z.string(),
      channel: z.enum(TOLD_BY),
      read_back: z.boolean(),
    }),
  ),
};

export const criticalResultState = z.object(state);

export const criticalResult = z.object({
  order_id: z.string(),
  order_transaction_id: text,
  team_id: text,
  user_id: text,
  client_user_id: text,
  ...state,
  reports: z.array(z.object({ status: z.string(), updated_at: z.string() })),
});

export const criticalResultList = z.object({ critical_results: z.array(criticalResult), next_cursor: text });

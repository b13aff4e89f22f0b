import * as z from 'zod/mini';
import { WEBHOOK_COUNTS } from '../../domain/webhook-outcomes.ts';

const count = z.nullable(z.int());

/** The answer: one value per period in every list, null for a period without data. */
export const summaryHistory = z.object({
  from: z.string(),
  to: z.string(),
  period_seconds: z.int(),
  times: z.array(z.string()),
  webhooks: z.array(z.object({ outcome: z.enum(WEBHOOK_COUNTS), counts: z.array(count) })),
  redraws: z.object({ open: z.array(count), stale: z.array(count) }),
  projection_lag_seconds: z.array(z.nullable(z.number())),
});

export type SummaryHistory = z.output<typeof summaryHistory>;

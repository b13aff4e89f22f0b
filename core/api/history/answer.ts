import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { WEBHOOK_COUNTS } from '../../domain/webhook-outcomes.ts';
import { at } from '../answer-fields.ts';

const counts = z.array(z.nullable(z.int()));

const webhookSeries = z.object({ outcome: z.enum(WEBHOOK_COUNTS), counts });
DOCS: describe(webhookSeries, {
  id: 'WebhookSeries',
  description: 'How many webhooks had one outcome.',
  properties: { outcome: 'The outcome.', counts: 'The number per period; null where nothing was measured.' },
});

const redrawSeries = z.object({ open: counts, stale: counts });
DOCS: describe(redrawSeries, {
  id: 'RedrawSeries',
  description: 'How many redraws there were at most in each period; null where nothing was measured.',
  properties: { open: 'All open redraws.', stale: 'Those that are flagged as stale.' },
});

export const summaryHistory = z.object({
  from: at,
  to: at,
  period_seconds: z.int(),
  times: z.array(at),
  webhooks: z.array(webhookSeries),
  redraws: redrawSeries,
  projection_lag_seconds: z.array(z.nullable(z.number())),
});
DOCS: describe(summaryHistory, {
  id: 'SummaryHistory',
  description: 'Measurements over time. Every list has one value per period, null for a period without data.',
  properties: {
    from: 'The start of the first period.',
    to: 'The end of the last period, which is still running.',
    period_seconds: 'The length of a period.',
    times: 'The starts of the periods, aligned in UTC.',
    webhooks: 'The webhooks by outcome.',
    redraws: 'The redraws, counted at the end of each sweep.',
    projection_lag_seconds: 'The longest time from a webhook to its transaction.',
  },
});

export type SummaryHistory = z.output<typeof summaryHistory>;

import * as z from 'zod/mini';
import { OUTCOMES } from '../../domain/members/outcome.ts';
import { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import { COUNTED_REDRAWS } from '../../domain/worklist/counts.ts';

const count = z.int();

function countsOf<Name extends string>(names: readonly Name[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);
}

export const summary = z.object({
  total: count,
  status: countsOf(TRANSACTION_STATUSES),
  outcome: countsOf(OUTCOMES),
  redraw: countsOf(COUNTED_REDRAWS),
  needs_decision: count,
  stalled_orders: count,
  /** Open redraws that are due, flagged or not yet, and wait for no decision. */
  overdue_redraws: count,
  /** Those that nobody has acknowledged. */
  critical_results: z.object({
    open: count,
    overdue: count,
    oldest_opened_at: z.nullable(z.string()),
    /** How long one may be open. */
    overdue_after_seconds: z.number(),
  }),
  /** Open ones. */
  match_reviews: count,
  could_not_be_reached: count,
  /** When the totals were last compared with all transactions; null if they never were. */
  counted_at: z.nullable(z.string()),
  newest_processed_at: z.nullable(z.string()),
  newest_webhook_age_seconds: z.nullable(z.number()),
});

import type { Instant } from '../../domain/instant.ts';
import { addCounts, type TransactionCounts } from '../../domain/transaction/counts.ts';
import { json } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { readHeartbeat } from '../../store/heartbeat.ts';
import { readCounts } from '../../store/transactions/counters.ts';
import { isShown } from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { summary } from './answer.ts';

export const summaryRoutes = {
  'GET /v1/summary': route({ path: noPath, query: noQuery }, async (context: QueryContext) => {
    const { table, clock } = context;
    const [counts, newest] = await Promise.all([readCounts(table), readHeartbeat(table)]);
    const ours = counts.filter(([{ team_id }]) => isShown(context, team_id));
    return json(200, showSummary(addCounts(ours), newest, clock()));
  }),
};

/** `newest` is when the newest webhook was stored that has reached its transaction. */
function showSummary(counts: TransactionCounts, newest: Instant | null, now: Date) {
  const age = newest === null ? null : (now.getTime() - Date.parse(newest)) / 1_000;
  return summary.parse({
    ...counts,
    newest_processed_at: newest,
    // The stream's clock can be ahead of this one.
    newest_webhook_age_seconds: age === null ? null : Math.max(0, Math.round(age)),
  });
}

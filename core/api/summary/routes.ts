import * as z from 'zod/mini';
import { earliest, type Instant, parseInstant } from '../../domain/instant.ts';
import { totalsFrom } from '../../domain/worklist/counts.ts';
import { json } from '../../http/problem.ts';
import { noPath, ofTeam } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { countersKey } from '../../store/counts/counters.ts';
import { readCountingItem } from '../../store/counts/counting-item.ts';
import { readHeartbeat } from '../../store/heartbeat.ts';
import { countCriticalTimes } from '../../use-cases/count-critical-results.ts';
import { countNeeds } from '../../use-cases/count-needs.ts';
import { countedOwners } from '../../use-cases/count-tally.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { summary } from './answer.ts';

const summaryQuery = z.strictObject(ofTeam);

export const summaryRoutes = {
  'GET /v1/summary': route({ path: noPath, query: summaryQuery }, async (every: QueryContext, { query }) => {
    const context = aboutTeam(every, query.team_id);
    const { table, clock, criticalWithin } = context;
    const date = clock();
    const now = parseInstant(date.toISOString()) ?? '';
    const [needs, counters, { written_at: newest = null }] = await Promise.all([
      countNeeds(context, now),
      readTotals(context),
      readHeartbeat(table),
    ]);
    const critical_results = {
      ...countCriticalTimes(needs.critical_times, now, criticalWithin),
      overdue_after_seconds: criticalWithin / 1_000,
    };
    return json(
      200,
      showSummary(
        { ...totalsFrom(counters.counts), ...needs, critical_results, counted_at: counters.countedAt },
        newest,
        date,
      ),
    );
  }),
};

/** The totals of what is shown, which with several teams are those of each. They were counted when the first of them was. */
async function readTotals(context: QueryContext) {
  const items = await Promise.all(
    countedOwners(context).map((owner) => readCountingItem(context.table, countersKey(owner), false)),
  );
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const [name, count] of item.counts) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return { counts, countedAt: earliest(items.map((item) => item.countedAt)) };
}

/** `newest` is when the newest webhook was stored that has reached its transaction. */
function showSummary(counts: object, newest: Instant | null, now: Date) {
  const age = newest === null ? null : (now.getTime() - Date.parse(newest)) / 1_000;
  return summary.parse({
    ...counts,
    newest_processed_at: newest,
    // The stream's clock can be ahead of this one.
    newest_webhook_age_seconds: age === null ? null : Math.max(0, Math.round(age)),
  });
}

import { censusOf } from '../domain/transaction/counts.ts';
import { json } from '../http/problem.ts';
import { noPath, noQuery } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { readCounts } from '../store/counters.ts';
import { readHeartbeat } from '../store/heartbeat.ts';
import { isShown } from '../use-cases/team-visibility.ts';
import type { Answering } from './answering.ts';
import { showSummary } from './representations.ts';

export const summaryRoutes = {
  'GET /v1/summary': route({ path: noPath, query: noQuery }, async (answering: Answering) => {
    const { table, clock } = answering;
    const [counts, newest] = await Promise.all([readCounts(table), readHeartbeat(table)]);
    const ours = counts.filter(([{ team_id }]) => isShown(answering, team_id));
    return json(200, showSummary(censusOf(ours), newest, clock()));
  }),
};

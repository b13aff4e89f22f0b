import { censusOf } from '../domain/census.ts';
import { json } from '../http/problem.ts';
import { noPath, noQuery } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { isShown } from '../http/team.ts';
import { readCounts } from '../store/counters.ts';
import { readPulse } from '../store/pulse.ts';
import type { Answering } from './answering.ts';
import { showSummary } from './representations.ts';

export const summaryRoutes = {
  'GET /v1/summary': route({ path: noPath, query: noQuery }, async (answering: Answering) => {
    const { table, clock } = answering;
    const [counts, newest] = await Promise.all([readCounts(table), readPulse(table)]);
    const ours = counts.filter(([{ team_id }]) => isShown(answering, team_id));
    return json(200, showSummary(censusOf(ours), newest, clock()));
  }),
};

import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { INSIGHT_GROUPINGS } from '../../domain/insights/groupings.ts';
import { monthsBetween, monthsLater } from '../../domain/insights/months.ts';
import { json, Problem } from '../../http/problem.ts';
import { noPath, ofTeam } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { readInsights } from '../../store/counts/insight-items.ts';
import { countedOwners } from '../../use-cases/count-tally.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { insights } from './answer.ts';
import { formerPeriod, showInsights } from './representation.ts';

const DEFAULT_MONTHS = 6;
const MAX_MONTHS = 24;

const month = z
  .string()
  .check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'it must be a month, for example 2026-11'));

const query = z.strictObject({
  from: z.optional(month),
  to: z.optional(month),
  by: z.optional(z.enum(INSIGHT_GROUPINGS)),
  ...ofTeam,
});

DOCS: describe(query, {
  properties: {
    from: 'The first month, in UTC, for example `2026-11`. By default, five months before `to`.',
    to: 'The last month. By default, the current one, or `from`. At most 24 months in all.',
    by: 'What to group by.',
  },
});

export const insightRoutes = {
  'GET /v1/insights': route({ path: noPath, query }, async (context: QueryContext, { query }) => {
    const to = query.to ?? query.from ?? context.clock().toISOString().slice(0, 7);
    const from = query.from ?? monthsLater(to, 1 - DEFAULT_MONTHS);
    const months = monthsBetween(from, to);
    if (months.length === 0)
      throw new Problem(400, 'The parameter from must not be later than the parameter to.');
    if (months.length > MAX_MONTHS)
      throw new Problem(400, `The period must not be longer than ${MAX_MONTHS} months.`);
    const former = formerPeriod({ from, to });
    const read = [...monthsBetween(former.from, former.to), ...months];
    const owners = countedOwners(aboutTeam(context, query.team_id));
    const counts = (
      await Promise.all(owners.map((owner) => readInsights(context.table, owner, read)))
    ).flat();
    return json(200, insights.parse(showInsights({ from, to, by: query.by ?? 'lab' }, counts)));
  }),
};

import * as z from 'zod/mini';
import { INSIGHT_GROUPINGS } from '../../domain/insights/groupings.ts';
import { INSIGHT_DECISIONS, INSIGHT_OUTCOMES, INSIGHT_SPANS } from '../../domain/insights/insight.ts';

const count = z.int();

const share = z.object({ count, of: count, rate: z.nullable(z.number()) });

const taken = z.object({ count, median: z.nullable(z.number()), p90: z.nullable(z.number()) });

function ofEach<Name extends string, Schema>(names: readonly Name[], schema: Schema): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}

const figures = {
  transactions: count,
  outcomes: z.object(ofEach(INSIGHT_OUTCOMES, count)),
  decisions: z.object(ofEach(INSIGHT_DECISIONS, count)),
  redraws: share,
  overdue: share,
  overdue_redraws: share,
  days: z.object(ofEach(INSIGHT_SPANS, taken)),
  redraw_days: z.object(ofEach(INSIGHT_SPANS, taken)),
};

const group = z.object({
  /** Null if it is unknown. */
  name: z.nullable(z.string()),
  ...figures,
  former: z.object({ transactions: count, redraws: share }),
});

const cause = z.object({
  name: z.string(),
  redraws: share,
  share,
  former: z.object({ redraws: share, share }),
});

export const insights = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(INSIGHT_GROUPINGS),
  total: z.object(figures),
  former: z.object({ from: z.string(), to: z.string(), total: z.object(figures) }),
  groups: z.array(group),
  causes: z.array(cause),
  /** How many groups or causes are left out, the smallest ones. */
  left_out: count,
});

export type Insights = z.output<typeof insights>;

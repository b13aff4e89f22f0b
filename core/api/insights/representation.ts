import { type Figures, InsightTally } from '../../domain/insights/figures.ts';
import type { InsightGrouping } from '../../domain/insights/groupings.ts';
import { type Month, monthsBetween, monthsLater } from '../../domain/insights/months.ts';
import { insightMeasure } from '../../store/counts/insight-counts.ts';
import type { InsightCounts } from '../../store/counts/insight-items.ts';
import type { Insights } from './answer.ts';

export interface InsightsQuery {
  readonly from: Month;
  readonly to: Month;
  readonly by: InsightGrouping;
}

/** The most groups or causes in an answer. */
const MAX_GROUPS = 200;

/** The period of the same length that ends before another one begins. */
export function formerPeriod({ from, to }: Pick<InsightsQuery, 'from' | 'to'>): { from: Month; to: Month } {
  return { from: monthsLater(from, -monthsBetween(from, to).length), to: monthsLater(from, -1) };
}

/** The answer from the counts of the period and of the former one. */
export function showInsights(query: InsightsQuery, counts: readonly InsightCounts[]): Insights {
  const former = formerPeriod(query);
  const isNow = ({ group }: InsightCounts) => group.month >= query.from;
  const now = tallyOf(counts.filter(isNow));
  const before = tallyOf(counts.filter((one) => !isNow(one)));
  const all = listed(query, counts, now, before);
  const answer = { groups: [], causes: [], ...all };
  const length = Math.max(answer.groups.length, answer.causes.length);
  return {
    from: query.from,
    to: query.to,
    by: query.by,
    total: now.figures(),
    former: { ...former, total: before.figures() },
    groups: answer.groups.slice(0, MAX_GROUPS),
    causes: answer.causes.slice(0, MAX_GROUPS),
    left_out: Math.max(0, length - MAX_GROUPS),
  };
}

function listed(
  query: InsightsQuery,
  counts: readonly InsightCounts[],
  now: InsightTally,
  before: InsightTally,
): Partial<Pick<Insights, 'groups' | 'causes'>> {
  const { by, from, to } = query;
  if (by === 'marker' || by === 'failure_type') {
    return { causes: now.causes(by).map((cause) => ({ ...cause, former: before.cause(by, cause.name) })) };
  }
  if (by === 'month') {
    const tallies = talliesBy(counts, ({ group }) => group.month);
    const figures = (month: Month) => (tallies.get(month) ?? new InsightTally()).figures();
    const months = monthsBetween(from, to);
    return {
      groups: months.map((month) => shownGroup(month, figures(month), figures(monthsLater(month, -1)))),
    };
  }
  const current = talliesBy(
    counts.filter(({ group }) => group.month >= from),
    ({ group }) => group[by],
  );
  const former = talliesBy(
    counts.filter(({ group }) => group.month < from),
    ({ group }) => group[by],
  );
  const groups = [...current].filter(([, tally]) => tally.transactions > 0);
  return {
    groups: groups
      .sort(
        ([a, some], [b, others]) =>
          others.transactions - some.transactions || ((a ?? '') < (b ?? '') ? -1 : 1),
      )
      .map(([name, tally]) =>
        shownGroup(name, tally.figures(), (former.get(name) ?? new InsightTally()).figures()),
      ),
  };
}

function shownGroup(
  name: string | null,
  figures: Figures,
  { transactions, redraws }: Figures,
): Insights['groups'][number] {
  return { name, ...figures, former: { transactions, redraws } };
}

const tallyOf = (counts: readonly InsightCounts[]) =>
  talliesBy(counts, () => 'all').get('all') ?? new InsightTally();

function talliesBy<Name>(
  counts: readonly InsightCounts[],
  nameOf: (counts: InsightCounts) => Name,
): Map<Name, InsightTally> {
  const tallies = new Map<Name, InsightTally>();
  for (const item of counts) {
    const name = nameOf(item);
    const tally = tallies.get(name) ?? new InsightTally();
    for (const [text, count] of item.counts) {
      const thing = insightMeasure(text);
      if (thing) tally.add({ part: item.part, thing, count });
    }
    tallies.set(name, tally);
  }
  return tallies;
}

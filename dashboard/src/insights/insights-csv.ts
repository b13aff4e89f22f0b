import type { Insights } from '../api/answers.ts';
import type { CsvRow } from '../table/csv.ts';

type Figures = Insights['total'];

/** The rows of the export: one per group or cause, with the numbers behind every rate. */
export function insightRows(insights: Insights): CsvRow[] {
  const period = { from: insights.from, to: insights.to, by: insights.by };
  const causes = insights.causes.map(({ name, redraws, share, former }) => ({
    ...period,
    name,
    redraws_with_it: redraws.count,
    transactions: redraws.of,
    redraws: share.of,
    redraws_with_it_former: former.redraws.count,
    transactions_former: former.redraws.of,
  }));
  const groups = insights.groups.map(({ name, former, ...figures }) => ({
    ...period,
    name: name ?? 'unknown',
    ...columnsOf(figures),
    transactions_former: former.transactions,
    redraws_former: former.redraws.count,
    not_cancelled_former: former.redraws.of,
  }));
  return causes.length > 0 ? causes : groups;
}

function columnsOf({
  transactions,
  outcomes,
  decisions,
  redraws,
  overdue,
  overdue_redraws,
  days,
  redraw_days,
}: Figures): CsvRow {
  return {
    transactions,
    ...outcomes,
    ...Object.fromEntries(Object.entries(decisions).map(([name, count]) => [`decided_${name}`, count])),
    not_cancelled: redraws.of,
    redraws: redraws.count,
    overdue: overdue.count,
    overdue_redraws: overdue_redraws.count,
    ...daysColumns('days', days),
    ...daysColumns('redraw_days', redraw_days),
  };
}

function daysColumns(kind: string, days: Figures['days']): CsvRow {
  const columns = Object.entries(days).flatMap(([span, { count, median, p90 }]) => [
    [`${kind}_${span}_count`, count],
    [`${kind}_${span}_median`, median],
    [`${kind}_${span}_p90`, p90],
  ]);
  return Object.fromEntries(columns);
}

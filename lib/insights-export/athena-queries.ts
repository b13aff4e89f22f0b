import { CAUSE_KINDS } from '../../core/domain/insights/groupings.ts';
import { recordColumns } from './record-columns.ts';

/** The table over the files: every record that was delivered. */
export const RECORDS = 'insight_records';
/** The view over it: each closed transaction once. */
export const CLOSED = 'closed_transactions';
/** The partition of a file: the day (UTC) on which Firehose received its records. */
export const DELIVERED_ON = 'delivered_on';

/**
 * The newest record of each transaction, without those that are open again or have moved. The bus and Firehose deliver at least
 * once, and a record that arrives twice has the same revision; it does not matter which of the two is used.
 */
export function closedTransactions(): string {
  const names = recordColumns().map(({ name }) => name);
  return [
    `SELECT ${names.join(', ')}`,
    'FROM (',
    '  SELECT *, row_number() OVER (PARTITION BY transaction_id ORDER BY revision DESC) AS newest',
    `  FROM ${RECORDS}`,
    ')',
    "WHERE newest = 1 AND outcome NOT IN ('open', 'moved')",
  ].join('\n');
}

/** Days with one decimal, of a column of hours. */
const days = (hours: string, share: number) => `round(approx_percentile(${hours}, ${share}) / 24.0, 1)`;

interface SavedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** The queries that the workgroup saves. A redraw rate is a share of the transactions that were not cancelled before a redraw. */
export const savedQueries: readonly SavedQuery[] = [
  {
    name: 'redraw-rates',
    description: 'Redraw rates, outcomes and days until results, by month, lab and test',
    sql: [
      'SELECT month, lab, test,',
      '  count(*) AS closed,',
      "  count(*) FILTER (WHERE outcome = 'results_complete') AS with_results,",
      "  count(*) FILTER (WHERE outcome = 'results_incomplete') AS with_incomplete_results,",
      "  count(*) FILTER (WHERE outcome = 'failed') AS failed,",
      "  count(*) FILTER (WHERE outcome = 'cancelled') AS cancelled,",
      '  count(*) FILTER (WHERE had_redraw) AS redraws,',
      '  round(1.0 * count(*) FILTER (WHERE had_redraw)',
      "    / nullif(count(*) FILTER (WHERE had_redraw OR outcome <> 'cancelled'), 0), 4) AS redraw_rate,",
      '  count(*) FILTER (WHERE redraw_overdue) AS overdue_redraws,',
      `  ${days('redraw_hours_until_results', 0.5)} AS redraw_days_median,`,
      `  ${days('redraw_hours_until_results', 0.9)} AS redraw_days_p90,`,
      `  ${days('hours_until_results', 0.5)} AS days_median,`,
      `  ${days('hours_until_results', 0.9)} AS days_p90`,
      `FROM ${CLOSED}`,
      'GROUP BY month, lab, test',
      'ORDER BY month DESC, redraws DESC',
    ].join('\n'),
  },
  ...CAUSE_KINDS.map((cause) => ({
    name: `redraws-by-${cause.replace('_', '-')}`,
    description: `Redraws by month, lab, test and ${cause.replace('_', ' ')}; a redraw can have several`,
    sql: [
      `SELECT month, lab, test, ${cause}, count(*) AS redraws`,
      `FROM ${CLOSED} CROSS JOIN UNNEST(redraw_${cause}s) AS causes (${cause})`,
      `GROUP BY month, lab, test, ${cause}`,
      'ORDER BY month DESC, redraws DESC',
    ].join('\n'),
  })),
];

import { type OperatorMail, operatorMail } from '../review/operator-mail.ts';
import type { ReviewLinks } from '../review/review-mail.ts';
import type { HistoryCounts } from './count-history.ts';

/** Where the links of the mail lead. */
export interface HistoryLinks extends ReviewLinks {
  readonly criticalResults: string;
}

/** The one mail about what was there before the service watched. The worklist shows what it counts. */
export function historyMail(
  counts: HistoryCounts,
  { worklist, runbook, criticalResults }: HistoryLinks,
): OperatorMail {
  return operatorMail({
    subject: 'What was open before you watched',
    sentence: sentenceOf(counts, criticalResults),
    page: worklist,
    runbook: `${runbook}#the-digest-of-history`,
  });
}

function sentenceOf(counts: HistoryCounts, criticalUrl: string): string {
  const { open_redraws, old_redraws, needs_decision, stalled_orders, critical_results } = counts;
  const found = [
    `${numbered(open_redraws, 'open redraw')}${open_redraws > 0 ? `, ${old_redraws} older than 30 days` : ''}`,
    ...(needs_decision > 0
      ? [`${needs_decision} ${needs_decision === 1 ? 'needs' : 'need'} a decision`]
      : []),
    ...(stalled_orders > 0 ? [`${numbered(stalled_orders, 'other order')} stalled`] : []),
    ...(critical_results > 0
      ? [`${numbered(critical_results, 'critical result')} before you watched: ${criticalUrl}`]
      : []),
  ];
  return found.join('; ');
}

const numbered = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`;

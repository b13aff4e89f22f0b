import type { Summary } from '../api/answers.ts';
import { duration } from '../time/format.ts';

/** "open for 3 hours, 2 hours over the limit": how long a critical result has been open, against the limit. */
export function openTimeText(
  openedAt: string,
  { overdue_after_seconds: limit }: Pick<Summary['critical_results'], 'overdue_after_seconds'>,
  now: number,
): { readonly text: string; readonly overdue: boolean } {
  const open = Math.max(0, now - Date.parse(openedAt));
  const over = open - limit * 1_000;
  const text = `open for ${duration(open)}`;
  return over < 0
    ? { text, overdue: false }
    : { text: `${text}, ${duration(over)} over the limit`, overdue: true };
}

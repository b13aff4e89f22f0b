import type { Insights } from '../api/answers.ts';

export type Share = Insights['total']['redraws'];
export type Days = Insights['total']['days']['until_results'];

/** A rate of a smaller number is meaningless: one more or less would change it by over five points. */
const MIN_FOR_RATE = 20;
/** Below this number, no 90th percentile is shown. */
const MIN_FOR_P90 = 10;

const NOTHING = '–';

/** "5.2% (12 of 230)"; of few, only "3 of 12"; "–" of none. */
export function shareText({ count, of, rate }: Share): string {
  if (of === 0 || rate === null) return NOTHING;
  const numbers = `${whole(count)} of ${whole(of)}`;
  return of < MIN_FOR_RATE ? numbers : `${percent(rate)} (${numbers})`;
}

/** The change of a rate in percentage points, "+1.1 points"; null if either number is too small. */
export function trendText(now: Share, before: Share): string | null {
  if (now.rate === null || before.rate === null) return null;
  if (now.of < MIN_FOR_RATE || before.of < MIN_FOR_RATE) return null;
  const points = Math.round((now.rate - before.rate) * 1_000) / 10;
  if (points === 0) return 'unchanged';
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toLocaleString('en')} points`;
}

/** "3.2 days"; "–" if nothing was measured. */
export function medianText({ median }: Days): string {
  return median === null ? NOTHING : daysText(median);
}

/** The same for the 90th percentile; "–" of few. */
export function p90Text({ count, p90 }: Days): string {
  return p90 === null || count < MIN_FOR_P90 ? NOTHING : daysText(p90);
}

/** "median; 90th percentile 9 days"; of few, only "median". */
export function p90Aside(days: Days): string {
  const p90 = p90Text(days);
  return p90 === NOTHING ? 'median' : `median; 90th percentile ${p90}`;
}

/** A figure of the period before: "before 3.2 days". */
export function beforeText(figure: string): string {
  return figure === NOTHING ? 'no data before' : `before ${figure}`;
}

export function whole(count: number): string {
  return count.toLocaleString('en');
}

function daysText(days: number): string {
  if (days < 0.1) return 'under 3 hours';
  return `${days.toLocaleString('en')} ${days === 1 ? 'day' : 'days'}`;
}

function percent(rate: number): string {
  return rate.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 });
}

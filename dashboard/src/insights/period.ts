/** A range of months in UTC, `2026-11`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The lengths of periods to choose from, in months. */
export const LENGTHS = [1, 3, 6, 12] as const;

const DEFAULT_LENGTH = 6;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;
/** The API answers for at most this many months. */
const MAX_MONTHS = 24;

/** The period in the search parameters; the last six months if they name none that the API has. */
export function periodIn(parameters: URLSearchParams, now: Date): Period {
  const [from, to] = [parameters.get('from') ?? '', parameters.get('to') ?? ''];
  const valid = MONTH.test(from) && MONTH.test(to) && from <= to && lengthOf({ from, to }) <= MAX_MONTHS;
  return valid ? { from, to } : periodOf(DEFAULT_LENGTH, thisMonth(now));
}

/** The period of a number of months that ends with one. */
export function periodOf(months: number, to: string): Period {
  return { from: shifted(to, 1 - months), to };
}

export function thisMonth(now: Date): string {
  return now.toISOString().slice(0, 7);
}

/** The number of months. */
export function lengthOf({ from, to }: Period): number {
  return indexOf(to) - indexOf(from) + 1;
}

/** The period of the same length right before (-1) or after (1). */
export function nextPeriod(period: Period, direction: -1 | 1): Period {
  const months = direction * lengthOf(period);
  return { from: shifted(period.from, months), to: shifted(period.to, months) };
}

/** "Jun – Nov 2026", "Dec 2025 – May 2026" or "Nov 2026". */
export function periodText({ from, to }: Period): string {
  if (from === to) return monthText(from);
  const start = from.slice(0, 4) === to.slice(0, 4) ? monthText(from).slice(0, 3) : monthText(from);
  return `${start} – ${monthText(to)}`;
}

/** "Nov 2026" */
export function monthText(month: string): string {
  const first = new Date(`${month}-01T00:00:00Z`);
  return first.toLocaleDateString('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });
}

function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function shifted(month: string, months: number): string {
  const index = indexOf(month) + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

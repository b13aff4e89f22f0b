import type { SummaryHistory } from '../api/answers.ts';

export interface Datum {
  readonly x: Date;
  readonly y: number;
}

export interface HistorySeries {
  readonly title: string;
  readonly data: readonly Datum[];
  /** Only where the color has a meaning. */
  readonly color?: string;
}

/** Outcomes that need attention have warm colors, the others cool ones, in both themes. */
const OUTCOMES: Readonly<
  Record<SummaryHistory['webhooks'][number]['outcome'], { title: string; color: string; bad?: true }>
> = {
  applied: { title: 'Applied', color: '#688ae8' },
  merged: { title: 'Out of order, new event', color: 'light-dark(#2ea597, #018977)' },
  superseded: { title: 'Out of order, no change', color: 'light-dark(#67b3e0, #9fd4f2)' },
  duplicate: { title: 'Duplicate', color: 'light-dark(#8456ce, #b088f5)' },
  ignored: { title: 'Not tracked', color: 'light-dark(#8c8c94, #b4b4bb)' },
  quarantined: { title: 'Quarantined', color: 'light-dark(#e07700, #ff9900)', bad: true },
  refused: { title: 'Refused', color: 'light-dark(#870303, #ff9592)', bad: true },
  failed: { title: 'Failed', color: 'light-dark(#d91515, #eb5757)', bad: true },
};

/** The outcome of a webhook in words. */
export function webhookOutcomeText(outcome: keyof typeof OUTCOMES): string {
  return OUTCOMES[outcome].title;
}

/** Webhooks over time by outcome, without outcomes that never occurred. */
export function webhookSeries({ times, webhooks }: SummaryHistory): HistorySeries[] {
  return webhooks
    .filter(({ counts }) => sum(counts) > 0)
    .map(({ outcome, counts }) => {
      const { title, color } = OUTCOMES[outcome];
      return { title, color, data: bars(times, counts) };
    });
}

/**
 * Open and overdue redraws over time, without periods that have no measurement. A series of one point is left out: it
 * draws no line.
 */
export function redrawSeries({ times, redraws }: SummaryHistory): HistorySeries[] {
  return [
    { title: 'Open', data: measured(times, redraws.open) },
    { title: 'Overdue', data: measured(times, redraws.stale), color: 'light-dark(#d91515, #eb5757)' },
  ].filter(({ data }) => data.length > 1);
}

/** The number of webhooks in the range, and of those that need attention. */
export function webhookTotals({ webhooks }: SummaryHistory): { all: number; bad: number } {
  const totals = webhooks.map(({ outcome, counts }) => ({ outcome, total: sum(counts) }));
  const bad = totals.filter(({ outcome }) => OUTCOMES[outcome].bad);
  return { all: sum(totals.map(({ total }) => total)), bad: sum(bad.map(({ total }) => total)) };
}

/** As many bars as a phone can show. */
const MAX_BARS = 30;

/** The start of each bar. A bar covers several periods where there would be too many. */
export function barStarts(times: readonly string[]): Date[] {
  const each = periodsPerBar(times);
  return times.filter((_, index) => index % each === 0).map((time) => new Date(time));
}

function bars(times: readonly string[], counts: readonly (number | null)[]): Datum[] {
  const each = periodsPerBar(times);
  return barStarts(times).map((x, bar) => ({ x, y: sum(counts.slice(bar * each, (bar + 1) * each)) }));
}

function periodsPerBar(times: readonly string[]): number {
  return Math.max(1, Math.ceil(times.length / MAX_BARS));
}

function measured(times: readonly string[], values: readonly (number | null)[]): Datum[] {
  return times.flatMap((time, index) => {
    const y = values[index] ?? null;
    return y === null ? [] : [{ x: new Date(time), y }];
  });
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

import type { SummaryHistory } from '../api/answers.ts';

export interface Datum {
  readonly x: Date;
  readonly y: number;
}

export interface HistorySeries {
  readonly title: string;
  readonly data: readonly Datum[];
  /** Where the colour means something. */
  readonly color?: string;
}

/** What somebody should look at is in warm colours, in either theme; all else is in cool ones. */
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

/** Webhooks over time, by what came of them; what never happened is left out. */
export function webhookSeries({ times, webhooks }: SummaryHistory): HistorySeries[] {
  return webhooks
    .filter(({ counts }) => sum(counts) > 0)
    .map(({ outcome, counts }) => {
      const { title, color } = OUTCOMES[outcome];
      return { title, color, data: bars(times, counts) };
    });
}

/**
 * Open and stale redraws over time; periods in which nothing was measured are left out. None where there is only one
 * point: nobody sees a line of one.
 */
export function redrawSeries({ times, redraws }: SummaryHistory): HistorySeries[] {
  return [
    { title: 'Open', data: measured(times, redraws.open) },
    { title: 'Overdue', data: measured(times, redraws.stale), color: 'light-dark(#d91515, #eb5757)' },
  ].filter(({ data }) => data.length > 1);
}

/** How many webhooks came in the whole time, and how many of them need somebody to look. */
export function webhookTotals({ webhooks }: SummaryHistory): { all: number; bad: number } {
  const totals = webhooks.map(({ outcome, counts }) => ({ outcome, total: sum(counts) }));
  const bad = totals.filter(({ outcome }) => OUTCOMES[outcome].bad);
  return { all: sum(totals.map(({ total }) => total)), bad: sum(bad.map(({ total }) => total)) };
}

/** So many bars can be told apart on a phone. */
const MAX_BARS = 30;

/** Where a bar begins, for every bar of a history: as many periods in each as it takes to make few enough. */
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

import { textTable } from './text-table.ts';

/** A measured value and its budget. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `×` for a ratio. */
  readonly unit: string;
  /** The maximum; undefined for values without a budget. */
  readonly budget?: number;
  /** How the value was obtained: both sides of a ratio, the number of measurements. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

const isMissed = ({ value, budget }: Figure): boolean => budget !== undefined && !(value <= budget);

/** A sentence for every budget that is missed. */
export function missedIn(figures: readonly Figure[]): string[] {
  return figures
    .filter(isMissed)
    .map(
      ({ name, value, unit, budget }) => `Budget missed: ${name} is ${value} ${unit}, more than ${budget}.`,
    );
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of the ratios of paired measurements. */
export function medianRatio(values: readonly number[], bases: readonly number[]): number {
  return median(values.map((value, index) => value / (bases[index] ?? Number.NaN)));
}

/** @param share 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Formats a number with three significant digits, and integers in full. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.budget === undefined ? '' : `≤ ${figure.budget}`,
    figure.budget === undefined ? '' : isMissed(figure) ? 'MISSED' : 'ok',
    Object.entries(figure.detail ?? {})
      .map(([name, value]) => `${name} ${typeof value === 'number' ? rounded(value) : value}`)
      .join(', '),
  ]);
  return rows.length === 0 ? '' : textTable([['what', 'measured', 'budget', '', 'from'], ...rows]);
}

/** One measured number, and what it must not exceed. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `×` for a ratio. */
  readonly unit: string;
  /** The greatest value that is within the budget; none: for information. */
  readonly budget?: number;
  /** Where the number comes from: both sides of a ratio, how many were measured. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

export const isMissed = ({ value, budget }: Figure): boolean => budget !== undefined && !(value <= budget);

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of ratios of what was measured side by side. */
export function medianRatio(values: readonly number[], bases: readonly number[]): number {
  return median(values.map((value, index) => value / (bases[index] ?? Number.NaN)));
}

/** @param share 0.99 for the value that 99 of 100 do not exceed */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A number with three significant digits, whole numbers as they are. */
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
  const all = [['what', 'measured', 'budget', '', 'from'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

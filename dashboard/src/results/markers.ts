import { humanize, type StatusText } from '../wording/status.ts';
import type { LabReport, Marker } from './lab-report.ts';

const INTERPRETATIONS: Readonly<Record<string, StatusText>> = {
  normal: { text: 'Normal', tone: 'success' },
  abnormal: { text: 'Abnormal', tone: 'warning' },
  critical: { text: 'Critical', tone: 'error' },
};

/** How the lab reads a result; null where it does not say. */
export function interpretationOf(interpretation: string | null): StatusText | null {
  if (interpretation === null || interpretation === 'unknown') return null;
  return INTERPRETATIONS[interpretation] ?? { text: humanize(interpretation), tone: 'info' };
}

/** Where a result lies, for one that lies outside of its range. */
export function sideOf({ is_above_max_range, is_below_min_range }: Marker): string | null {
  if (is_above_max_range) return 'Above range';
  return is_below_min_range ? 'Below range' : null;
}

/** The range as the lab writes it, or from its two ends; null where there is none. */
export function rangeOf({
  reference_range,
  min_range_value: min,
  max_range_value: max,
}: Marker): string | null {
  if (reference_range !== null && reference_range.trim() !== '') return reference_range;
  if (min !== null && max !== null) return `${min}–${max}`;
  if (min !== null) return `≥ ${min}`;
  return max === null ? null : `≤ ${max}`;
}

/** What to know before reading: "12 markers, 1 outside its range, 2 missing". */
export function countsOf({ markers, missing }: LabReport): string {
  const found = markers ?? [];
  const outside = found.filter(isOutside).length;
  const parts = [
    `${found.length} ${found.length === 1 ? 'marker' : 'markers'}`,
    outside > 0 && `${outside} abnormal or out of range`,
    missing.length > 0 && `${missing.length} missing`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** Whether a result is one to look at. */
export function isOutside(marker: Marker): boolean {
  const { interpretation } = marker;
  return sideOf(marker) !== null || interpretation === 'abnormal' || interpretation === 'critical';
}

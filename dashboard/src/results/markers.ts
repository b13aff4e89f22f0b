import type { Transaction } from '../api/answers.ts';
import { humanize, type StatusText } from '../wording/status.ts';
import type { LabReport, Marker } from './lab-report.ts';

const INTERPRETATIONS: Readonly<Record<string, StatusText>> = {
  normal: { text: 'Normal', tone: 'success' },
  abnormal: { text: 'Abnormal', tone: 'warning' },
  critical: { text: 'Critical', tone: 'error' },
};

/** The lab's interpretation of a result; null without one. */
export function interpretationOf(interpretation: string | null): StatusText | null {
  if (interpretation === null || interpretation === 'unknown') return null;
  return INTERPRETATIONS[interpretation] ?? { text: humanize(interpretation), tone: 'info' };
}

/** The interpretation of a report. Only complete results are shown as good news: "Normal so far · 2 of 4 markers" of others. */
export function overallOf({ interpretation, status, markers, missing }: LabReport): StatusText | null {
  const read = interpretationOf(interpretation);
  if (read === null || (status === 'final' && missing.length === 0)) return read;
  if (markers === null) return soFar(read, missing.length);
  const all = markers.length + missing.length;
  const counted = missing.length > 0 ? `${markers.length} of ${all}` : String(all);
  return soFar(read, `${counted} ${all === 1 ? 'marker' : 'markers'}`);
}

/** The interpretation of an order of a transaction. Its report has the markers; here only the missing ones are known. */
export function interpretationIn(
  { outcome, missing_results }: Pick<Transaction, 'outcome' | 'missing_results'>,
  interpretation: string | null,
): StatusText | null {
  const read = interpretationOf(interpretation);
  return read === null || outcome === 'results_complete' ? read : soFar(read, missing_results.length);
}

function soFar({ text, tone }: StatusText, counted: string | number): StatusText {
  const count = typeof counted === 'string' ? counted : counted > 0 && `${counted} missing`;
  const isNormal = tone === 'success';
  return {
    text: [isNormal ? `${text} so far` : text, ...(count ? [count] : [])].join(' · '),
    tone: isNormal ? 'pending' : tone,
  };
}

/** Which side of its range a result is on; null if it is in range. */
export function sideOf({ is_above_max_range, is_below_min_range }: Marker): string | null {
  if (is_above_max_range) return 'Above range';
  return is_below_min_range ? 'Below range' : null;
}

/** The lab's own range text, else one built from the limits; null without either. */
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

/** A summary: "12 markers, 1 abnormal or out of range, 2 missing". */
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

/** Whether a result needs attention. */
export function isOutside(marker: Marker): boolean {
  const { interpretation } = marker;
  return sideOf(marker) !== null || interpretation === 'abnormal' || interpretation === 'critical';
}

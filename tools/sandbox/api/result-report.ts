import type { LabResultsRaw } from '@junction-api/sdk/serialization';
import { onePage } from './one-page-pdf.ts';

/** The lab's report. */
export function resultReport(results: LabResultsRaw.Raw): Buffer {
  return onePage(linesOf(results));
}

function linesOf({ metadata, results, missing_results }: LabResultsRaw.Raw): string[] {
  const found = Array.isArray(results) ? results : [];
  return [
    `${metadata.laboratory} - ${metadata.status} report of ${metadata.date_reported}`,
    `Patient: ${metadata.patient}, born ${metadata.dob}, specimen ${metadata.specimen_number}`,
    `Ordered by: ${metadata.provider}`,
    '',
    ...found.map(
      (one) => `${one.name}: ${one.result} ${one.unit ?? ''} (${one.reference_range}) ${one.notes}`,
    ),
    ...(missing_results ?? []).map((one) => `${one.name}: no result. ${one.note}`),
  ];
}

import * as z from 'zod/mini';
import type { MissingResult } from '../api/answers.ts';

/**
 * The fields of Junction's combined results (`LabResultsRaw`) that the page uses. Parsing drops the rest: the
 * patient's name, birth date and numbers, and the lab's free-text notes, which may be about them. A missing or
 * unexpected field reads as null, so that it doesn't hide a result.
 */
const text = z.catch(z.nullable(z.string()), null);
const number = z.catch(z.nullable(z.number()), null);
const truth = z.catch(z.nullable(z.boolean()), null);

const marker = z.object({
  name: text,
  slug: text,
  result: z.catch(z.pipe(z.union([z.string(), z.number()]), z.transform(String)), ''),
  unit: text,
  reference_range: text,
  min_range_value: number,
  max_range_value: number,
  is_above_max_range: truth,
  is_below_min_range: truth,
  interpretation: text,
  timestamp: text,
});

const missing = z.object({ name: z.string(), slug: text, inferred_failure_type: text, loinc: text });

const report = z.object({
  metadata: z.object({ laboratory: text, status: text, interpretation: text, date_reported: text }),
  // Some labs send an object in their own format.
  results: z.catch(z.nullable(z.array(marker)), null),
  missing_results: z.catch(z.nullable(z.array(missing)), null),
});

export type Marker = z.output<typeof marker>;

export interface LabReport {
  readonly laboratory: string | null;
  /** `partial` or `final`, from the lab. */
  readonly status: string | null;
  readonly interpretation: string | null;
  readonly reportedOn: string | null;
  /** Null for a format that only the PDF shows. */
  readonly markers: readonly Marker[] | null;
  readonly missing: readonly MissingResult[];
}

/** Throws for an answer that is not a lab report. */
export function readLabReport(answer: unknown): LabReport {
  const { metadata, results, missing_results } = report.parse(answer);
  return {
    laboratory: metadata.laboratory,
    status: metadata.status,
    interpretation: metadata.interpretation,
    reportedOn: metadata.date_reported,
    markers: results,
    missing: (missing_results ?? []).map(({ inferred_failure_type, ...rest }) => ({
      ...rest,
      failure_type: inferred_failure_type,
    })),
  };
}

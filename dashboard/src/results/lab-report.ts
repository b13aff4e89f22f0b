import * as z from 'zod/mini';
import type { MissingResult } from '../api/answers.ts';

/**
 * What the page takes of Junction's combined results (`LabResultsRaw`). Only what is named here is kept: name, birth date
 * and numbers of the patient fall away as the answer is read, and so do the lab's free notes, which may be about them.
 * What is missing or of another kind reads as null: no result is to be hidden because another field is odd.
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
  // Some labs' results come as an object of their own making.
  results: z.catch(z.nullable(z.array(marker)), null),
  missing_results: z.catch(z.nullable(z.array(missing)), null),
});

export type Marker = z.output<typeof marker>;

export interface LabReport {
  readonly laboratory: string | null;
  /** `partial` or `final`, as the lab says. */
  readonly status: string | null;
  readonly interpretation: string | null;
  readonly reportedOn: string | null;
  /** Null where they come in a form that only the PDF shows. */
  readonly markers: readonly Marker[] | null;
  readonly missing: readonly MissingResult[];
}

/** Throws where the answer is not a lab report at all. */
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

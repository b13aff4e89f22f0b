import type { NextStep } from '../api/answers.ts';
import { adviceFor } from '../wording/next-steps.ts';
import type { CsvRow } from './csv.ts';

/**
 * The columns of an export that say what to do next, as the API's code and as text.
 *
 * @param texts the deployment's own
 */
export function nextStepColumns(step: NextStep | null, texts: Readonly<Record<string, string>>): CsvRow {
  return {
    next_step: step?.situation ?? null,
    next_step_cause: step?.cause ?? null,
    next_step_text: step && adviceFor(step, texts).text,
  };
}

import { nonEmpty, object } from '../../core/reading/readers.ts';

export const environment = object({
  OPERATORS_TOPIC_ARN: nonEmpty,
  CRITICAL_RESULTS_TOPIC_ARN: nonEmpty,
  /** The dashboard, or the API if there is none; without a slash at the end. */
  PAGES_URL: nonEmpty,
  RUNBOOK_URL: nonEmpty,
});

import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

export const environment = z.object({
  OPERATORS_TOPIC_ARN: text,
  CRITICAL_RESULTS_TOPIC_ARN: text,
  /** The dashboard, or the API if there is none; without a slash at the end. */
  PAGES_URL: text,
  RUNBOOK_URL: text,
});

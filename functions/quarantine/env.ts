import { auditVariables } from '../../core/environment/audit-variables.ts';
import { readingVariables } from '../../core/environment/payload-reading.ts';
import { atLeast, nonEmpty, object, positiveInteger } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  QUARANTINE_TABLE_NAME: atLeast(3),
  CURSOR_SECRET_ARN: nonEmpty,
  /** Days until a webhook that still cannot be read after a replay is deleted. */
  QUARANTINE_RETENTION_DAYS: positiveInteger,
  ...auditVariables,
  ...readingVariables,
});

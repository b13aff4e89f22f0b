import { auditVariables } from '../../core/environment/audit-variables.ts';
import { readingVariables } from '../../core/environment/payload-reading.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { nonEmpty, object, url } from '../../core/reading/readers.ts';

export const environment = object({
  JUNCTION_BASE_URL: url,
  /** The secret with the key that may write. */
  JUNCTION_WRITE_KEY_ARN: nonEmpty,
  ...projectionVariables,
  ...auditVariables,
  ...readingVariables,
});

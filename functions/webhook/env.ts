import { readingVariables } from '../../core/environment/payload-reading.ts';
import { teamVariables } from '../../core/environment/teams.ts';
import { atLeast, nonEmpty, object, positiveInteger, text } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  QUARANTINE_TABLE_NAME: atLeast(3),
  WEBHOOK_SECRET_ARN: nonEmpty,
  /** The length of the shortest signing secret that is accepted. */
  SIGNING_SECRET_MIN_BYTES: positiveInteger,
  /** The fingerprints of signing secrets that are refused, separated by commas. */
  REFUSED_SIGNING_SECRETS: text,
  /** Days until a webhook that cannot be read is deleted. */
  QUARANTINE_RETENTION_DAYS: positiveInteger,
  ...readingVariables,
  ...teamVariables,
});

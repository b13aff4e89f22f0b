import { nonEmpty, object } from '../../core/reading/readers.ts';

export const environment = object({
  /** The namespace of the functions' metrics. */
  METRICS_NAMESPACE: nonEmpty,
  /** The recompute function. */
  PROJECTION_FUNCTION_NAME: nonEmpty,
  /** The topic that the alarms notify. */
  OPERATORS_TOPIC_ARN: nonEmpty,
});

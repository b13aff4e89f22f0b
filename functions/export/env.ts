import { auditVariables } from '../../core/environment/audit-variables.ts';
import { atLeast, changed, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  /** The names of the capabilities with items of their own, separated by commas. */
  CAPABILITIES: optional(changed(nonEmpty, (names) => names.split(','), 'no names')),
  ...auditVariables,
});

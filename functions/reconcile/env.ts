import { auditVariables } from '../../core/environment/audit-variables.ts';
import { junctionVariables } from '../../core/environment/junction.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { object } from '../../core/reading/readers.ts';

export const environment = object({
  ...projectionVariables,
  ...auditVariables,
  ...junctionVariables,
});

import { auditVariables } from '../../core/environment/audit-variables.ts';
import { atLeast, object } from '../../core/reading/readers.ts';

export const environment = object({ TABLE_NAME: atLeast(3), ...auditVariables });

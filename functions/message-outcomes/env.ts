import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  ...projectionVariables,
  ...auditVariables,
});

import * as z from 'zod/mini';
import { projectionVariables } from '../../core/environment/projection.ts';

/** The environment variables of the function. */
export const environment = z.object(projectionVariables);

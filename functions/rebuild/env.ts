import * as z from 'zod/mini';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object(projectionVariables);

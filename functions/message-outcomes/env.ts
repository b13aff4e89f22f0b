import * as z from 'zod/mini';
import { clockVariables } from '../../core/environment/clocks.ts';

/** The environment variables of the function. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  ...clockVariables,
});

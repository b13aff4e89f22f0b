import * as z from 'zod';
import { importPosition } from '../../core/store/poll-marks/import-mark.ts';

/** The function that imports orders. */
export const IMPORT = { name: 'import', output: 'ImportFunctionName' };

export const reached = z.object({
  finished: z.boolean(),
  from: z.string(),
  to: z.string(),
  position: importPosition,
  retry_after: z.nullable(z.number()),
  differing: z.array(z.string()),
});

/** How far the function has come. */
export type Reached = z.output<typeof reached>;

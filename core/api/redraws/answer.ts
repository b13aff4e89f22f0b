import * as z from 'zod/mini';
import { problem } from '../../http/problem-schema.ts';
import { transaction } from '../transactions/answer.ts';

/** The result for one redraw of a batch acknowledgement or withdrawal. */
const redrawResult = z.object({
  transaction_id: z.string(),
  /** The status that a request for this redraw alone would have got. */
  status: z.int(),
  /** The transaction as it is now; null if it does not exist or could not be read. */
  transaction: z.nullable(transaction),
  /** Why nothing was changed; null if it was done, or was not needed. */
  problem: z.nullable(problem),
});
export type RedrawResult = z.output<typeof redrawResult>;

/** In the order of the request. */
export const redrawResults = z.object({ results: z.array(redrawResult) });

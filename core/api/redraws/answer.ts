import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { problem } from '../../http/problem-schema.ts';
import { id } from '../answer-fields.ts';
import { transaction } from '../transactions/answer.ts';

const redrawResult = z.object({
  transaction_id: id,
  status: z.int(),
  transaction: z.nullable(transaction),
  problem: z.nullable(problem),
});
DOCS: describe(redrawResult, {
  id: 'RedrawResult',
  description: 'The result for one redraw of several.',
  properties: {
    transaction_id: 'The transaction of the redraw.',
    status: 'The status that a request for this redraw alone would have got.',
    transaction: 'The transaction as it is now; null if it does not exist or could not be read.',
    problem: 'Why nothing was changed; null if it was done, or was not needed.',
  },
});
export type RedrawResult = z.output<typeof redrawResult>;

export const redrawResults = z.object({ results: z.array(redrawResult) });
DOCS: describe(redrawResults, {
  id: 'RedrawResults',
  description: 'The results for several redraws.',
  properties: { results: 'One for each redraw, in the order of the request.' },
});

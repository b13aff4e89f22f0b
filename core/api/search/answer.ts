import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { MATCH_KINDS, MATCHED_IDS } from '../../domain/search-match.ts';
import { id } from '../answer-fields.ts';
import { transaction } from '../transactions/answer.ts';

const match = z.object({ transaction_id: id, by: z.enum(MATCHED_IDS) });
DOCS: describe(match, {
  id: 'SearchMatch',
  description: 'By which ID a transaction was found.',
  properties: { transaction_id: 'The transaction.', by: 'The ID that matches.' },
});

export const searchAnswer = z.object({
  transactions: z.array(transaction),
  matched: z.array(match),
  more: z.boolean(),
  match_kind: z.nullable(z.enum(MATCH_KINDS)),
  hint: z.nullable(z.string()),
});
DOCS: describe(searchAnswer, {
  id: 'Search',
  description: 'What a search found.',
  properties: {
    transactions: 'At most 25 transactions, the newest first.',
    matched: 'By which ID each of them was found.',
    more: 'Whether there are others.',
    match_kind: '`whole`: an ID equals the text. `start`: an ID begins with it. Null if nothing was found.',
    hint: 'Says that the text is too short to be the beginning of an ID; otherwise null.',
  },
});

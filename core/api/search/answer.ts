import * as z from 'zod/mini';
import { MATCH_KINDS, MATCHED_IDS } from '../../domain/search-match.ts';
import { transaction } from '../transactions/answer.ts';

export const searchAnswer = z.object({
  transactions: z.array(transaction),
  matched: z.array(
    z.object({
      transaction_id: z.string(),
      by: z.enum(MATCHED_IDS),
    }),
  ),
  more: z.boolean(),
  match_kind: z.nullable(z.enum(MATCH_KINDS)),
  hint: z.nullable(z.string()),
});

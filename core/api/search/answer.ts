import * as z from 'zod/mini';
import { transaction } from '../transactions/answer.ts';

export const searchAnswer = z.object({
  transactions: z.array(transaction),
  matched: z.array(
    z.object({
      transaction_id: z.string(),
      by: z.enum(['order_id', 'transaction_id', 'user_id', 'client_user_id']),
    }),
  ),
  more: z.boolean(),
  match_kind: z.nullable(z.enum(['whole', 'start'])),
  hint: z.nullable(z.string()),
});

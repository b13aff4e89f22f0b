import * as z from 'zod';
import type { LocalStack } from '../stack.ts';

const transactionsSchema = z.object({
  transactions: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      outcome: z.string(),
      orders: z.array(z.object({ origin: z.string().nullable(), low_level_status: z.string().nullable() })),
      redraw: z
        .object({ state: z.string(), due_at: z.string().nullish(), stale_since: z.string().nullish() })
        .nullish(),
    }),
  ),
});

export type ShownTransaction = z.output<typeof transactionsSchema>['transactions'][number];

/**
 * The newest 100 transactions, once the functions have handled every webhook.
 * @throws Error if the API does not answer 200
 */
export async function shownTransactions(stack: LocalStack): Promise<ShownTransaction[]> {
  await stack.settled();
  const response = await fetch(`${stack.url}/v1/transactions?limit=100`, {
    headers: { authorization: `Bearer ${await stack.token()}` },
  });
  if (!response.ok) throw new Error(`The list of transactions answered ${response.status}.`);
  return transactionsSchema.parse(await response.json()).transactions;
}

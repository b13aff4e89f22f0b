import type { QueryClient } from '@tanstack/react-query';
import type { Transaction } from '../../api/answers.ts';

/** Cache keys of the lists that show acknowledgements. */
const LISTS = [['redraws'], ['decisions']] as const;

interface CachedList {
  readonly transactions: readonly Transaction[];
}

/** Puts answers of the API into the cache. They are newer than the result of any query that is under way. */
export async function cacheAnswers(client: QueryClient, answered: readonly Transaction[]): Promise<void> {
  const byId = new Map(answered.map((transaction) => [transaction.id, transaction]));
  await client.cancelQueries();
  for (const key of LISTS) {
    client.setQueryData<CachedList>(
      key,
      (known) =>
        known && { ...known, transactions: known.transactions.map((one) => byId.get(one.id) ?? one) },
    );
  }
  for (const [id, transaction] of byId) {
    client.setQueryData<Transaction>(['transaction', id], (known) => known && { ...known, ...transaction });
  }
}

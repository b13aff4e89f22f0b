import type { QueryClient } from '@tanstack/react-query';
import type { Transaction } from './answers.ts';

/** Cache keys of the lists that show acknowledgements. */
const LISTS = [['redraws'], ['decisions']] as const;

interface CachedList {
  readonly transactions: readonly Transaction[];
}

/**
 * Puts answers of the API into the cache. They are newer than the result of any query that is under way. A list stays as old as
 * it is: the answers say nothing about its other rows.
 */
export async function cacheAnswers(client: QueryClient, answered: readonly Transaction[]): Promise<void> {
  const byId = new Map(answered.map((transaction) => [transaction.id, transaction]));
  if (answered.length === 0) return;
  await client.cancelQueries();
  for (const key of LISTS) {
    const known = client.getQueryState<CachedList>(key);
    if (!known?.data) continue;
    const transactions = known.data.transactions.map((one) => byId.get(one.id) ?? one);
    client.setQueryData(key, { ...known.data, transactions }, { updatedAt: known.dataUpdatedAt });
  }
  for (const [id, transaction] of byId) {
    client.setQueryData<Transaction>(['transaction', id], (known) => known && { ...known, ...transaction });
  }
}

import { fetchRedraws } from '../../junction/api.ts';
import { transactionsOf } from '../../junction/transaction.ts';
import type { SeenTransaction } from '../../peer.ts';

/** The redraws that Junction has now, by transaction. A team sends the open ones to its chat. */
export async function handler(): Promise<Record<string, SeenTransaction>> {
  return Object.fromEntries(transactionsOf(await fetchRedraws()));
}

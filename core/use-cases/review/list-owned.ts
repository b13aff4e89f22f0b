import type { Instant } from '../../domain/instant.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { type OwnedItem, ownedItem } from '../../domain/worklist/owner-list.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { listCriticalResults } from '../../store/orders/critical-results.ts';
import {
  byDecision,
  byDueTime,
  byStall,
  listTransactions,
  type TransactionList,
} from '../../store/transactions/transaction-lists.ts';
import { displayedTransaction } from '../displayed-transaction.ts';
import { isShown, type TeamContext } from '../team-visibility.ts';

/** DynamoDB's limit of a batch read. */
const PAGE = 100;

/**
 * What owners should look at today, by the name of the owner in lower case: open redraws, decisions and stalled orders, and what
 * has a critical result that nobody has acknowledged.
 */
export async function listOwned(
  shown: TeamContext,
  now: Instant,
  endOfToday: Instant,
): Promise<Map<string, OwnedItem[]>> {
  const owned = new Map<string, OwnedItem[]>();
  const seen = new Set<string>();
  for await (const transaction of followedUp(shown)) {
    const owner = transaction.assignment?.assignee?.toLowerCase();
    if (owner === undefined || seen.has(transaction.id) || !isShown(shown, transaction.team_id)) continue;
    seen.add(transaction.id);
    const item = ownedItem(transaction, now, endOfToday);
    if (item) owned.set(owner, [...(owned.get(owner) ?? []), item]);
  }
  return owned;
}

/** A transaction can be in more than one list. */
async function* followedUp(shown: TeamContext): AsyncGenerator<StoredTransaction> {
  for (const list of [byDueTime('open'), byDecision(), byStall()]) yield* allOf(shown, list);
  let after: string | null = null;
  do {
    const { orders, next } = await listCriticalResults(shown.table, 'open', { limit: PAGE, after });
    for (const order of orders) {
      const transaction = await unlessDamaged(shown.table, () => displayedTransaction(shown.table, order));
      if (transaction) yield transaction;
    }
    after = next;
  } while (after !== null);
}

async function* allOf({ table }: TeamContext, list: TransactionList): AsyncGenerator<StoredTransaction> {
  let after: string | null = null;
  do {
    const { transactions, next } = await listTransactions(table, list, { limit: PAGE, after });
    yield* transactions;
    after = next;
  } while (after !== null);
}

import type { HistoryEntry } from '../../domain/handling/history-entry.ts';
import { formerHomesOf } from '../../domain/order/membership.ts';
import { isEmptied, type StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { readEntries } from '../../store/handling/notes.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import type { PageRequest } from '../../store/transactions/index-pages.ts';
import { readHeld } from '../../store/transactions/transactions.ts';
import { isShown, type TeamContext } from '../team-visibility.ts';

/** A page of the history of a transaction, newest first, and the place of the next page; null at the end. */
export async function readHistory(
  context: TeamContext,
  stored: StoredTransaction,
  request: PageRequest,
): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  const ids = [stored.id, ...(await formerTransactions(context, stored))];
  const { entries, next } = await readEntries(context.table, ids, request);
  return { entries: entries.filter(({ team_id }) => isShown(context, team_id)), next };
}

/**
 * The transactions whose notes belong to this one as well, because its orders have come from there: those without any order
 * now, and those of the same patient.
 */
async function formerTransactions({ table }: TeamContext, stored: StoredTransaction): Promise<string[]> {
  const records = await Promise.all(
    stored.orders.map(({ id }) => unlessDamaged(table, () => readOrder(table, id))),
  );
  const former = new Set(records.flatMap((record) => (record ? formerHomesOf(record) : [])));
  former.delete(stored.id);
  const held = await Promise.all([...former].map((id) => unlessDamaged(table, () => readHeld(table, id))));
  return held.flatMap((one) => {
    if (!one) return [];
    return isEmptied(one) || one.user_id === null || one.user_id === stored.user_id ? [one.id] : [];
  });
}

import { isSetApart } from '../domain/members/ownership.ts';
import { homeOf } from '../domain/order/membership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import type { StoredTransaction } from '../domain/stored/stored-transaction.ts';
import type { Table } from '../store/table.ts';
import { readTransaction } from '../store/transactions/transactions.ts';

/**
 * The transaction that shows an order: the one that it belongs to, or the one under its own id if it is set apart there.
 * Null before the record has reached a transaction, and for an order that was discarded.
 */
export async function displayedTransaction(
  table: Table,
  record: OrderRecord,
): Promise<StoredTransaction | null> {
  if (record.discarded) return null;
  const home = await readTransaction(table, homeOf(record));
  const isApart = home !== null && isSetApart(home.contributions, record.id);
  return isApart ? readTransaction(table, record.id) : home;
}

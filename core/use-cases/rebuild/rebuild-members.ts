import { namedTransaction, type OrderRecord } from '../../domain/order/order-record.ts';
import { readOrderItem } from '../../store/order-item.ts';
import { nameTransaction, readOrder } from '../../store/orders.ts';
import { orderKey, type Table } from '../../store/table.ts';

/** A record that one of its transaction's orders lists, and that does not know of the transaction yet. */
export interface UntoldOrder {
  readonly order_id: string;
  readonly transaction_id: string;
}

export interface Members {
  /** The records that belong to the transaction. */
  readonly records: readonly OrderRecord[];
  /** Transactions that orders met on the way belong to instead, or were taken from. */
  readonly others: ReadonlySet<string>;
  readonly untold: readonly UntoldOrder[];
}

/** The transaction an order stands in: the one it names, else a provisional one of its own. */
export const homeOf = (record: OrderRecord): string => namedTransaction(record) ?? record.id;

/**
 * Reads, consistently, the records of a transaction's orders: of the candidates, and of whatever orders those list.
 * Orders that are listed and do not know of the transaction are told, as a recompute would have; with `dryRun` they
 * are only taken for told.
 */
export async function membersOf(
  table: Table,
  id: string,
  candidates: readonly string[],
  dryRun: boolean,
): Promise<Members> {
  const known = new Map<string, OrderRecord | null>();
  const others = new Set<string>();
  const untold: UntoldOrder[] = [];
  const recordOf = async (orderId: string) => {
    const record = known.has(orderId) ? (known.get(orderId) ?? null) : await readOrder(table, orderId);
    known.set(orderId, record);
    if (record) others.add(homeOf(record));
    return record;
  };
  const queue = [...candidates];
  const followed = new Set<string>();
  for (let orderId = queue.shift(); orderId !== undefined; orderId = queue.shift()) {
    const record = await recordOf(orderId);
    if (!record || homeOf(record) !== id || followed.has(orderId)) continue;
    followed.add(orderId);
    for (const listed of listedBy(record)) {
      const held = await recordOf(listed);
      const lacking = record.transactionIds.filter((one) => !held?.transactionIds.includes(one));
      untold.push(...lacking.map((transaction_id) => ({ order_id: listed, transaction_id })));
      if (lacking.length > 0) known.set(listed, await told(table, listed, held, lacking, dryRun));
      queue.push(listed);
    }
  }
  const records = [...known.values()].filter((record) => record !== null);
  for (const record of records) others.add(homeOf(record));
  others.delete(id);
  return { records: records.filter((record) => homeOf(record) === id), others, untold };
}

function listedBy(record: OrderRecord): string[] {
  return [...new Set(record.siblings.map((fact) => fact.order_id))].filter((id) => id !== record.id);
}

/** The record of an order after it was told of transactions it lacked. */
async function told(
  table: Table,
  orderId: string,
  held: OrderRecord | null,
  lacking: readonly string[],
  dryRun: boolean,
): Promise<OrderRecord | null> {
  if (dryRun) {
    const record = held ?? readOrderItem({ ...orderKey(orderId), version: 0 });
    const transactionIds = [...record.transactionIds, ...lacking].sort();
    return { ...record, transactionIds, version: record.version + lacking.length };
  }
  for (const transactionId of lacking) await nameTransaction(table, orderId, transactionId);
  return readOrder(table, orderId);
}

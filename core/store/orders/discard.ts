import type { Discard } from '../../domain/order/discard.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import type { GuardedWrite } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import { changeOrder, unchangedSince } from './change-order.ts';
import { DISCARDED } from './order-item.ts';

/** Discards an order, on condition that nothing was heard of it since `record` was read. */
export async function storeDiscard(
  table: Table,
  { id, version }: OrderRecord,
  discard: Discard,
): Promise<GuardedWrite> {
  const change = { by: 'api', replace: { [DISCARDED]: { ...discard, version: version + 1 } } } as const;
  const held = await changeOrder(table, id, change, unchangedSince({ version }));
  return held === null ? 'written' : 'conflict';
}

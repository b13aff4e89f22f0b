import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import type { Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import { readOrderItem } from './order-item.ts';

/** Reads an order's record consistently; null if there is none. */
export async function readOrder(table: Table, id: string): Promise<OrderRecord | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: orderKey(id), ConsistentRead: true }),
  );
  return Item ? readOrderItem(Item) : null;
}

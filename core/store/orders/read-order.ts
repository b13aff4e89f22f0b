import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import type { Item, Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import { readOrderItem } from './order-item.ts';

/** Reads an order's record consistently; null if there is none. */
export async function readOrder(table: Table, id: string): Promise<OrderRecord | null> {
  const item = await readOrderAttributes(table, id);
  return Object.keys(item).length > 0 ? readOrderItem(item) : null;
}

/** Reads an order's item consistently, as it is stored; `{}` if there is none. */
export async function readOrderAttributes(table: Table, id: string): Promise<Item> {
  const request = new GetCommand({ TableName: table.name, Key: orderKey(id), ConsistentRead: true });
  return (await table.client.send(request)).Item ?? {};
}

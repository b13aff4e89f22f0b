import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderRecord } from '../domain/order/order-record.ts';
import type { StoredTransaction } from '../domain/transaction/stored-transaction.ts';
import { readOrderItem } from './orders/order-item.ts';
import type { Item, Table } from './table.ts';
import { orderKey, type SearchableKind, transactionKey } from './table-layout.ts';
import { readTransactionItem } from './transactions/transaction-item.ts';

/** Ids are random, so more than one item with the same first characters is rare. */
const MAX_ITEMS = 10;

const KEYS = { ORDER: orderKey, TX: transactionKey };

/** The orders whose id begins with these characters, at least `SEARCHABLE_LENGTH`; 10 at most. Reads consistently. */
export async function ordersBeginning(table: Table, start: string): Promise<OrderRecord[]> {
  return (await itemsBeginning(table, 'ORDER', start)).map(readOrderItem);
}

/** The transactions whose id begins with these characters, at least `SEARCHABLE_LENGTH`; 10 at most. Reads consistently. */
export async function transactionsBeginning(table: Table, start: string): Promise<StoredTransaction[]> {
  const items = await itemsBeginning(table, 'TX', start);
  return items.map(readTransactionItem).filter((transaction) => transaction !== null);
}

async function itemsBeginning(table: Table, kind: SearchableKind, start: string): Promise<Item[]> {
  const { pk, sk } = KEYS[kind](start);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :start)',
      ExpressionAttributeValues: { ':pk': pk, ':start': sk },
      ConsistentRead: true,
      Limit: MAX_ITEMS,
    }),
  );
  return Items;
}

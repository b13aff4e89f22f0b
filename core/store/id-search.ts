import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderRecord } from '../domain/order/order-record.ts';
import type { StoredTransaction } from '../domain/stored/stored-transaction.ts';
import { readEach } from './damaged-items.ts';
import { readOrderItem } from './orders/order-item.ts';
import type { Item, Table } from './table.ts';
import { orderKey, type SearchableKind, transactionKey } from './table-layout.ts';
import { intactStored } from './transactions/damaged-transactions.ts';

/** Ids are random, so more than one item with the same first characters is rare. */
const MAX_ITEMS = 10;

const KEYS = { ORDER: orderKey, TX: transactionKey };

/** What begins with the same characters, 10 at most, and whether more does. */
interface Beginning<Found> {
  readonly found: readonly Found[];
  readonly more: boolean;
}

/** The orders whose id begins with these characters, at least `SEARCHABLE_LENGTH`. Reads consistently. */
export async function ordersWithPrefix(table: Table, start: string): Promise<Beginning<OrderRecord>> {
  const { found, more } = await itemsWithPrefix(table, 'ORDER', start);
  return { found: readEach(table, found, readOrderItem), more };
}

/** The transactions whose id begins with these characters, at least `SEARCHABLE_LENGTH`. Reads consistently. */
export async function transactionsWithPrefix(
  table: Table,
  start: string,
): Promise<Beginning<StoredTransaction>> {
  const { found, more } = await itemsWithPrefix(table, 'TX', start);
  const transactions = readEach(table, found, intactStored).filter((transaction) => transaction !== null);
  return { found: transactions, more };
}

async function itemsWithPrefix(table: Table, kind: SearchableKind, start: string): Promise<Beginning<Item>> {
  const { pk, sk } = KEYS[kind](start);
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :start)',
      ExpressionAttributeValues: { ':pk': pk, ':start': sk },
      ConsistentRead: true,
      // One more, because DynamoDB names a next page even if it is empty.
      Limit: MAX_ITEMS + 1,
    }),
  );
  // A page also ends after 1 MB.
  const isCut = LastEvaluatedKey !== undefined && Items.length <= MAX_ITEMS;
  return { found: Items.slice(0, MAX_ITEMS), more: Items.length > MAX_ITEMS || isCut };
}

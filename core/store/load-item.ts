import { isDeepStrictEqual } from 'node:util';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Item, refusal, type Table } from './table.ts';
import { type ItemKey, type ItemKind, KINDS_OF_SERVICE, kindOf, LOADED } from './table-layout.ts';
import { scanKeys } from './whole-table.ts';

const MAX_KEYS = 1_000;

/** Whether the table has nothing but what the service keeps of its own work. */
export async function isUnused(table: Table): Promise<boolean> {
  let from: ItemKey | null = null;
  do {
    const page: Awaited<ReturnType<typeof scanKeys>> = await scanKeys(
      table,
      { number: 0, of: 1 },
      from,
      MAX_KEYS,
    );
    if (!page.keys.every(isOfService)) return false;
    from = page.next;
  } while (from);
  return true;
}

const isOfService = (key: ItemKey) => KINDS_OF_SERVICE.includes(kindOf(key) as ItemKind);

/**
 * Stores an item of an export.
 *
 * @returns whether it is stored; not if there is one with other content, which stays
 */
export async function loadItem(table: Table, item: Item & ItemKey): Promise<boolean> {
  if (isOfService(item)) {
    await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
    return true;
  }
  const { pk, sk, ...attributes } = { ...item, [LOADED]: true };
  const entries = Object.entries(attributes);
  try {
    await table.client.send(
      // A put would have to be granted for every kind, and could replace an order.
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        ConditionExpression: 'attribute_not_exists(pk)',
        UpdateExpression: `SET ${entries.map((_, at) => `#${at}=:${at}`).join(',')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], at) => [`:${at}`, value])),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return true;
  } catch (error) {
    const { item: stored } = refusal(error);
    return isDeepStrictEqual({ ...stored, [LOADED]: true }, { pk, sk, ...attributes });
  }
}

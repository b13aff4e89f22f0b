import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** A table as a backup holds it: its keys, its indexes, and its items at one moment. */
export interface Backup {
  readonly layout: Pick<
    ConstructorParameters<typeof CreateTableCommand>[0],
    'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'
  >;
  readonly items: readonly Item[];
}

const ITEMS_PER_REQUEST = 25;

/** What point-in-time recovery keeps. The engine has no backups, so the drill makes one by hand. */
export async function backUp(client: DynamoDBDocumentClient, TableName: string): Promise<Backup> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const GlobalSecondaryIndexes = (Table?.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }),
  );
  const { KeySchema, AttributeDefinitions } = Table ?? {};
  const layout = { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes };
  return { layout, items: await itemsOf(client, TableName) };
}

/** A table as a restore makes it: with its indexes, and without stream, time to live, protection and tags. */
export async function restore(
  client: DynamoDBDocumentClient,
  TableName: string,
  backup: Backup,
): Promise<void> {
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...backup.layout }));
  for (let first = 0; first < backup.items.length; first += ITEMS_PER_REQUEST) {
    const requests = backup.items
      .slice(first, first + ITEMS_PER_REQUEST)
      .map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  }
}

/** Deletes a table with everything in it. */
export async function lose(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
}

export async function itemsOf(client: DynamoDBDocumentClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

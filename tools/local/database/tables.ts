import { isDeepStrictEqual } from 'node:util';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { type Template, unsupported } from '../template/template.ts';
import { localClientSettings } from './client-settings.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.discriminatedUnion(
  'ProjectionType',
  [
    z.object({ ProjectionType: z.literal('KEYS_ONLY'), NonKeyAttributes: unsupported }),
    z.object({ ProjectionType: z.literal('INCLUDE'), NonKeyAttributes: z.array(z.string()) }),
  ],
  'unsupported projection',
);

const tableSchema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.literal('S', 'unsupported type of key') }),
  ),
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection }))
    .optional(),
  LocalSecondaryIndexes: unsupported,
  StreamSpecification: z
    .object({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES', 'unsupported view') })
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.coerce.boolean() }).optional(),
});

type TableProperties = z.output<typeof tableSchema>;

/**
 * Creates the template's tables that do not exist. Encryption, backups and deletion protection have no local equivalent.
 * @param restored the name of a table that is restored, not created
 * @throws Problem if a table exists with other keys, other indexes or another stream, or the restored one does not exist.
 * Nothing is changed then.
 */
export async function createTables(endpoint: string, template: Template, restored?: string): Promise<void> {
  const client = new DynamoDBClient(localClientSettings(endpoint));
  try {
    const ids = template.resources('AWS::DynamoDB::Table');
    const tables = ids.map((id) => ({
      name: template.nameOf(id),
      properties: template.read(id, tableSchema),
    }));
    const existing = await Promise.all(tables.map(({ name }) => describe(client, name)));
    tables.forEach(({ name, properties }, index) => {
      const found = existing[index];
      if (found) assertSameLayout(name, properties, found);
      else if (name === restored)
        throw new Problem(`The database has no table ${name}. Correct EXISTING_TABLE, or unset it.`);
    });
    for (const [index, { name, properties }] of tables.entries()) {
      if (!existing[index]) await createTable(client, name, properties);
    }
  } finally {
    client.destroy();
  }
}

/** The name of the only table with a stream; undefined if there is none. */
export async function tableWithStream(client: DynamoDBClient): Promise<string | undefined> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const tables = await Promise.all(TableNames.map((name) => describe(client, name)));
  return tables.find((table) => table?.StreamSpecification?.StreamEnabled)?.TableName;
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function createTable(client: DynamoDBClient, name: string, properties: TableProperties): Promise<void> {
  const { TimeToLiveSpecification: timeToLive, StreamSpecification: stream, ...rest } = properties;
  const input: CreateTableCommandInput = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    ...defined(rest),
  };
  if (stream) input.StreamSpecification = { StreamEnabled: true, ...stream };
  await client.send(new CreateTableCommand(input));
  if (timeToLive) {
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: timeToLive }));
  }
}

function assertSameLayout(name: string, wanted: TableProperties, found: TableDescription): void {
  if (isDeepStrictEqual(layoutOf(wanted), layoutOf(found))) return;
  throw new Problem(
    `The table ${name} has other keys, other indexes or another stream than in this version. Nothing was changed. ` +
      'Delete DATA_DIR or set it to a new directory; with DYNAMODB_ENDPOINT, use another database.',
  );
}

/** The layout of a table in a canonical order, to compare the template with the database. */
function layoutOf(table: TableProperties | TableDescription) {
  const sorted = <T>(items: readonly T[] | undefined, key: (item: T) => string) =>
    (items ?? []).map((item) => key(item)).sort();
  const keys = (schema: TableDescription['KeySchema']) =>
    sorted(schema, (key) => `${key.KeyType}:${key.AttributeName}`).join();
  const index = (item: NonNullable<TableDescription['GlobalSecondaryIndexes']>[number]) =>
    [item.IndexName, keys(item.KeySchema), item.Projection?.ProjectionType].join();
  return {
    keys: keys(table.KeySchema),
    attributes: sorted(table.AttributeDefinitions, (item) => `${item.AttributeName}:${item.AttributeType}`),
    global: sorted<NonNullable<TableDescription['GlobalSecondaryIndexes']>[number]>(
      table.GlobalSecondaryIndexes,
      index,
    ),
    stream: table.StreamSpecification?.StreamViewType,
  };
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

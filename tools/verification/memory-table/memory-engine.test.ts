/** The table in memory, behind DynamoDB's protocol, answers and refuses each request like a real engine. */
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../core/store/table.ts';
import { type EngineTable, openEngineTable } from '../../../test/core/store/tables/engine-table.ts';
import { startMemoryEngine } from '../engines/memory-engine.ts';

let real: EngineTable;
let imitated: EngineTable;
beforeAll(async () => {
  real = await openEngineTable();
  // A client resolves its endpoint with its first request, so the variable of the next engine must not be set yet.
  await outcome(real.table, readFirst);
  imitated = await openEngineTable(startMemoryEngine);
  await outcome(imitated.table, readFirst);
});
afterAll(async () => {
  await real.close();
  await imitated.close();
});

type Command = Parameters<DynamoDBDocumentClient['send']>[0];

const [first, second] = [
  { pk: 'A', sk: '1' },
  { pk: 'A', sk: '2' },
];
const readFirst = (TableName: string) => new GetCommand({ TableName, Key: first });
const everyKind = {
  n: 1.5,
  no: null,
  yes: true,
  list: [1, { x: 'y' }],
  set: new Set(['p', 'q']),
  body: new Uint8Array([0, 255, 1]),
};

const update = (TableName: string, expression: string, values: object, more: object = {}) =>
  new UpdateCommand({
    TableName,
    Key: second,
    UpdateExpression: expression,
    ...more,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: { ...values } } : {}),
  });

const guarded = (TableName: string, condition: string, more: object = {}) =>
  new PutCommand({ TableName, Item: { ...first, n: 9 }, ConditionExpression: condition, ...more });

/** In this order: each request acts on the result of the earlier ones. */
const requests: readonly (readonly [string, (TableName: string) => unknown])[] = [
  [
    'an item with a value of every kind',
    (TableName) => new PutCommand({ TableName, Item: { ...first, ...everyKind } }),
  ],
  ['it, read', (TableName) => new GetCommand({ TableName, Key: first })],
  ['nothing, read', (TableName) => new GetCommand({ TableName, Key: second })],
  [
    'an update of an absent item',
    (T) => update(T, 'SET a = :a ADD n :n, s :s', { ':a': 'x', ':n': 2, ':s': new Set(['u']) }),
  ],
  [
    'an update that adds to a number and a set',
    (T) => update(T, 'ADD n :n, s :s', { ':n': -5, ':s': new Set(['u', 'v']) }),
  ],
  [
    'the existing item in the way',
    (T) => update(T, 'SET a = if_not_exists(a, :a), b = if_not_exists(b, :a)', { ':a': 'y' }),
  ],
  ['a removed attribute', (T) => update(T, 'REMOVE b', {})],
  ['the resulting item', (TableName) => new GetCommand({ TableName, Key: second })],
  ['an empty update', (T) => update(T, '', {})],
  ['an unused value', (T) => update(T, 'SET a = :a', { ':a': 1, ':b': 2 })],
  ['a missing value', (T) => update(T, 'SET a = :a', {})],
  ['an unused name', (T) => update(T, 'REMOVE c', {}, { ExpressionAttributeNames: { '#c': 'c' } })],
  ['no names', (T) => update(T, 'REMOVE c', {}, { ExpressionAttributeNames: {} })],
  ['an empty condition', (T) => guarded(T, '')],
  ['a condition that fails without returning the item', (T) => guarded(T, 'attribute_not_exists(pk)')],
  [
    'one that returns the existing item',
    (T) => guarded(T, 'attribute_not_exists(pk)', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
  ],
  [
    'one about an absent item',
    (T) =>
      update(
        T,
        'SET a = :a',
        { ':a': 1 },
        { Key: { pk: 'none', sk: '-' }, ConditionExpression: 'attribute_exists(pk)' },
      ),
  ],
  ['one that compares numbers', (T) => guarded(T, 'n < :n', { ExpressionAttributeValues: { ':n': 10 } })],
  [
    'an item that is too large',
    (TableName) => new PutCommand({ TableName, Item: { ...first, text: 'x'.repeat(420_000) } }),
  ],
  ['an item that grows too large', (T) => update(T, 'SET t = :t', { ':t': 'x'.repeat(420_000) })],
  [
    'one that just fits',
    (TableName) => new PutCommand({ TableName, Item: { pk: 'B', sk: '1', text: 'x'.repeat(400_000) } }),
  ],
  ['which goes', (TableName) => new DeleteCommand({ TableName, Key: { pk: 'B', sk: '1' } })],
  [
    'a partition',
    (TableName) =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'A' },
      }),
  ],
  [
    'a scan with a filter',
    (TableName) =>
      new ScanCommand({
        TableName,
        ProjectionExpression: 'sk, n',
        FilterExpression: 'sk = :sk',
        ExpressionAttributeValues: { ':sk': '2' },
      }),
  ],
  [
    'a batch read',
    (TableName) =>
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [first, { pk: 'none', sk: '-' }] } } }),
  ],
  [
    'a batch read that names a key twice',
    (TableName) => new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [first, first] } } }),
  ],
  [
    'several reads at once',
    (TableName) =>
      new TransactGetCommand({
        TransactItems: [first, { pk: 'none', sk: '-' }, second].map((Key) => ({ Get: { TableName, Key } })),
      }),
  ],
  [
    'a transaction that fails',
    (TableName) =>
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: 'C', sk: '1' } } },
          {
            ConditionCheck: { TableName, Key: first, ConditionExpression: 'attribute_not_exists(pk)' },
          },
        ],
      }),
  ],
  [
    'a transaction that succeeds',
    (TableName) =>
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: 'C', sk: '1' } } },
          { Delete: { TableName, Key: first, ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
  ],
  ['the rest of the first item', (TableName) => new GetCommand({ TableName, Key: first })],
  ['the new item', (TableName) => new GetCommand({ TableName, Key: { pk: 'C', sk: '1' } })],
  ['another table', (TableName) => new GetCommand({ TableName: `${TableName}-gone`, Key: first })],
];

/** The result of a request: its answer, or its error. */
async function outcome({ client, name }: Table, request: (table: string) => unknown): Promise<unknown> {
  try {
    const { $metadata: _, ...answer } = await client.send(request(name) as Command);
    // A batch answers by table name. Engines can return empty fields or leave them out.
    const text = JSON.stringify({ UnprocessedKeys: {}, ...answer }, spelled);
    return JSON.parse(text.replaceAll(name, 'the table'));
  } catch (error) {
    const { name: refusal, Item, CancellationReasons = [] } = error as Refusal;
    return { refusal, Item, codes: CancellationReasons.map(({ Code }) => Code) };
  }
}

interface Refusal {
  readonly name: string;
  readonly Item?: unknown;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Sets and bytes, which JSON cannot represent, and fields that add nothing to the items. */
function spelled(name: string, value: unknown): unknown {
  if (name === 'ScannedCount' || name === 'Count') return undefined;
  if (value instanceof Set) return { set: [...value].sort() };
  return value instanceof Uint8Array ? [...value] : value;
}

test('the two engines are separate', async () => {
  const Key = { pk: 'from the real one', sk: '-' };
  await outcome(real.table, (TableName) => new PutCommand({ TableName, Item: Key }));
  const found = ({ table }: EngineTable) => outcome(table, (TableName) => new GetCommand({ TableName, Key }));
  expect(await found(real)).toHaveProperty('Item');
  expect(await found(imitated)).not.toHaveProperty('Item');
  await outcome(real.table, (TableName) => new DeleteCommand({ TableName, Key }));
});

test.each(requests)('%s', async (_, request) => {
  expect(await outcome(imitated.table, request)).toEqual(await outcome(real.table, request));
});

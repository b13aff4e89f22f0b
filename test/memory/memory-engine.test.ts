/** The table in memory behind DynamoDB's protocol: request by request, it answers and refuses as a real engine does. */
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
import type { Table } from '../../core/store/table.ts';
import { type EngineTable, openEngineTable } from '../core/store/tables/engine-table.ts';
import { startMemoryEngine } from '../engines/memory-engine.ts';

let real: EngineTable;
let imitated: EngineTable;
beforeAll(async () => {
  real = await openEngineTable();
  // A client looks for its endpoint with its first request: the next engine's must not be there yet.
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
  ...{ n: 1.5, no: null, yes: true, list: [1, { x: 'y' }], set: new Set(['p', 'q']) },
  body: new Uint8Array([0, 255, 1]),
};

const update = (TableName: string, expression: string, values: object, more: object = {}) =>
  new UpdateCommand({
    ...{ TableName, Key: second, UpdateExpression: expression, ...more },
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: { ...values } } : {}),
  });

const guarded = (TableName: string, condition: string, more: object = {}) =>
  new PutCommand({ ...{ TableName, Item: { ...first, n: 9 }, ConditionExpression: condition }, ...more });

/** One after the other: what a request leaves, the next ones meet. */
const requests: readonly (readonly [string, (TableName: string) => unknown])[] = [
  [
    'an item of every kind of value',
    (TableName) => new PutCommand({ TableName, Item: { ...first, ...everyKind } }),
  ],
  ['it, read', (TableName) => new GetCommand({ TableName, Key: first })],
  ['nothing, read', (TableName) => new GetCommand({ TableName, Key: second })],
  [
    'an update of nothing',
    (T) => update(T, 'SET a = :a ADD n :n, s :s', { ':a': 'x', ':n': 2, ':s': new Set(['u']) }),
  ],
  [
    'an update that sums and unions',
    (T) => update(T, 'ADD n :n, s :s', { ':n': -5, ':s': new Set(['u', 'v']) }),
  ],
  [
    'what is there already',
    (T) => update(T, 'SET a = if_not_exists(a, :a), b = if_not_exists(b, :a)', { ':a': 'y' }),
  ],
  ['an attribute taken away', (T) => update(T, 'REMOVE b', {})],
  ['what that came to', (TableName) => new GetCommand({ TableName, Key: second })],
  ['an update in no words', (T) => update(T, '', {})],
  ['a value that nothing uses', (T) => update(T, 'SET a = :a', { ':a': 1, ':b': 2 })],
  ['a value that is not given', (T) => update(T, 'SET a = :a', {})],
  ['a name that nothing uses', (T) => update(T, 'REMOVE c', {}, { ExpressionAttributeNames: { '#c': 'c' } })],
  ['no names', (T) => update(T, 'REMOVE c', {}, { ExpressionAttributeNames: {} })],
  ['a condition in no words', (T) => guarded(T, '')],
  ['a condition that fails, in silence', (T) => guarded(T, 'attribute_not_exists(pk)')],
  [
    'one that shows what was in its way',
    (T) => guarded(T, 'attribute_not_exists(pk)', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
  ],
  [
    'one about what is not there',
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
    'an item too large',
    (TableName) => new PutCommand({ TableName, Item: { ...first, text: 'x'.repeat(420_000) } }),
  ],
  ['one that grew too large', (T) => update(T, 'SET t = :t', { ':t': 'x'.repeat(420_000) })],
  [
    'one that just fits',
    (TableName) => new PutCommand({ TableName, Item: { pk: 'B', sk: '1', text: 'x'.repeat(400_000) } }),
  ],
  ['which goes', (TableName) => new DeleteCommand({ TableName, Key: { pk: 'B', sk: '1' } })],
  [
    'a partition',
    (TableName) =>
      new QueryCommand({
        ...{ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'A' } },
      }),
  ],
  [
    'some of all there is',
    (TableName) =>
      new ScanCommand({
        ...{ TableName, ProjectionExpression: 'sk, n', FilterExpression: 'sk = :sk' },
        ExpressionAttributeValues: { ':sk': '2' },
      }),
  ],
  [
    'several at once',
    (TableName) =>
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [first, { pk: 'none', sk: '-' }] } } }),
  ],
  [
    'one twice',
    (TableName) => new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [first, first] } } }),
  ],
  [
    'several at one moment',
    (TableName) =>
      new TransactGetCommand({
        TransactItems: [first, { pk: 'none', sk: '-' }, second].map((Key) => ({ Get: { TableName, Key } })),
      }),
  ],
  [
    'all or nothing: nothing',
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
    'all or nothing: all',
    (TableName) =>
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: 'C', sk: '1' } } },
          { Delete: { TableName, Key: first, ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
  ],
  ['what is left of the first', (TableName) => new GetCommand({ TableName, Key: first })],
  ['what came in its place', (TableName) => new GetCommand({ TableName, Key: { pk: 'C', sk: '1' } })],
  ['another table', (TableName) => new GetCommand({ TableName: `${TableName}-gone`, Key: first })],
];

/** What a request came to: its answer, or how it was refused. */
async function outcome({ client, name }: Table, request: (table: string) => unknown): Promise<unknown> {
  try {
    const { $metadata: _, ...answer } = await client.send(request(name) as Command);
    // A batch answers under the table's name; engines may say the empty or leave it out.
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

/** Sets and bytes, which JSON has no words for, and what says no more than the items do. */
function spelled(name: string, value: unknown): unknown {
  if (name === 'ScannedCount' || name === 'Count') return undefined;
  if (value instanceof Set) return { set: [...value].sort() };
  return value instanceof Uint8Array ? [...value] : value;
}

test('the two are not one', async () => {
  const Key = { pk: 'of the real one', sk: '-' };
  await outcome(real.table, (TableName) => new PutCommand({ TableName, Item: Key }));
  const found = ({ table }: EngineTable) => outcome(table, (TableName) => new GetCommand({ TableName, Key }));
  expect(await found(real)).toHaveProperty('Item');
  expect(await found(imitated)).not.toHaveProperty('Item');
  await outcome(real.table, (TableName) => new DeleteCommand({ TableName, Key }));
});

test.each(requests)('%s', async (_, request) => {
  expect(await outcome(imitated.table, request)).toEqual(await outcome(real.table, request));
});

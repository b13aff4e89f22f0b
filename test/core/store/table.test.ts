/** Access to the table: retries, refusals, and the places of items and ids. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { quarantinePartKey } from '../../../core/store/quarantine/quarantine.ts';
import {
  allBuckets,
  bucketOf,
  isUnstorable,
  openTable,
  refusal,
  type Table,
} from '../../../core/store/table.ts';
import { itemKey, orderKey, transactionKey } from '../../../core/store/table-layout.ts';
import { LOCAL_CREDENTIALS } from '../../../tools/local/database/client-settings.ts';
import {
  type ServiceEndpoint,
  ServiceFault,
  startServiceEndpoint,
} from '../../../tools/local/services/service-endpoint.ts';
import { REGION } from '../../../tools/local/template/intrinsics.ts';

let endpoint: ServiceEndpoint;
let table: Table;
let requests: Record<string, unknown>[] = [];
/** The failures of the next requests; later ones succeed. */
let faults: string[] = [];

beforeAll(async () => {
  endpoint = await startServiceEndpoint({
    'DynamoDB_20120810.PutItem': (input) => {
      requests.push(input);
      const fault = faults.shift();
      if (fault) throw new ServiceFault(fault, 'no');
      return {};
    },
  });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint.url;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
});
afterAll(() => endpoint.stop());
beforeEach(() => {
  table = openTable('orders');
  requests = [];
  faults = [];
});
afterEach(() => table.client.destroy());

const CONFLICT = 'TransactionConflictException';
const put = (item: object = {}) =>
  table.client.send(new PutCommand({ TableName: table.name, Item: { pk: 'a', sk: 'b', ...item } }));

describe('a write', () => {
  test('that conflicts with a transaction on its item is sent again, up to three times', async () => {
    faults = [CONFLICT, CONFLICT, CONFLICT];
    await put();
    expect(requests).toHaveLength(4);
    faults = Array(5).fill(CONFLICT);
    await expect(put()).rejects.toMatchObject({ name: CONFLICT });
    expect(requests).toHaveLength(8);
  });

  test('that is refused for another reason is not sent again', async () => {
    faults = ['ValidationException'];
    const refused = await put().then(
      () => null,
      (error: unknown) => error,
    );
    expect(requests).toHaveLength(1);
    expect([
      isUnstorable(refused),
      isUnstorable(new Error('no')),
      isUnstorable('ValidationException'),
    ]).toEqual([true, false, false]);
  });

  test('is sent three times if the table fails', async () => {
    faults = Array(9).fill('InternalServiceError');
    await expect(put()).rejects.toThrow();
    expect(requests).toHaveLength(3);
  });

  test('leaves out undefined values, in nested objects too', async () => {
    await put({ a: undefined, b: { c: undefined, d: 1 } });
    expect(requests[0]?.Item).toEqual({ pk: { S: 'a' }, sk: { S: 'b' }, b: { M: { d: { N: '1' } } } });
  });
});

test('a refusal returns the existing item, and other errors are rethrown', () => {
  const refused = (Item?: Record<string, { S: string }>) =>
    new ConditionalCheckFailedException({ message: 'no', $metadata: {}, ...(Item ? { Item } : {}) });
  expect(refusal(refused({ a: { S: 'b' } }))).toEqual({ item: { a: 'b' } });
  expect(refusal(refused())).toEqual({ item: undefined });
  const other = new Error('no');
  expect(() => refusal(other)).toThrow(other);
});

// With other keys, stored items would not be found. The functions' permissions depend on the keys too.
test('an item is stored under its kind and id', () => {
  const id = '6424dd45-0000-4000-8000-000000000001';
  expect(orderKey(id)).toEqual({ pk: 'ORDER#6424dd45', sk: 'ORDER-0000-4000-8000-000000000001' });
  expect(transactionKey('x')).toEqual({ pk: 'TX#x', sk: 'TX' });
  expect(itemKey('MATCH_REVIEW', 'x')).toEqual({ pk: 'MATCH_REVIEW#x', sk: 'MATCH_REVIEW' });
  expect(quarantinePartKey('x', 7)).toEqual({ pk: 'QUARANTINE#x', sk: 'PART#007' });
});

test('an id is in one of two buckets, by its first digits', () => {
  expect(allBuckets('P')).toEqual(['P#0', 'P#1']);
  expect(['0000', '0007', '0008', '001a', 'ffff'].map((id) => bucketOf('P', `${id}9-rest`))).toEqual([
    'P#0',
    'P#1',
    'P#0',
    'P#0',
    'P#1',
  ]);
});

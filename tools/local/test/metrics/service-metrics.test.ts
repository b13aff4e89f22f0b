import { describe, expect, it } from 'vitest';
import { databaseFailures } from '../../metrics/service-metrics.ts';

const failures = (operation: string, input: object, status: number, type: string) =>
  databaseFailures({ operation, input: { ...input }, status, type }).map(({ name, dimensions }) => ({
    name,
    ...dimensions,
  }));

describe('a request that DynamoDB refused', () => {
  it('counts as throttled by read or write, and by index', () => {
    const query = { TableName: 'Items', IndexName: 'by_due' };
    expect(failures('Query', query, 400, 'ThrottlingException')).toEqual([
      { name: 'ReadThrottleEvents', TableName: 'Items', GlobalSecondaryIndexName: 'by_due' },
    ]);
    const actions = { TransactItems: [{ Update: { TableName: 'Items' } }] };
    expect(failures('TransactWriteItems', actions, 400, 'ProvisionedThroughputExceededException')).toEqual([
      { name: 'WriteThrottleEvents', TableName: 'Items' },
    ]);
  });

  it('counts as an error of DynamoDB by operation', () => {
    const batch = { RequestItems: { Items: { Keys: [] } } };
    expect(failures('BatchGetItem', batch, 500, 'InternalServerError')).toEqual([
      { name: 'SystemErrors', TableName: 'Items', Operation: 'BatchGetItem' },
    ]);
  });

  it('counts as neither if a condition failed', () => {
    expect(failures('UpdateItem', { TableName: 'Items' }, 400, 'ConditionalCheckFailedException')).toEqual(
      [],
    );
  });
});

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { Item, Table } from '../../../../core/store/table.ts';

/** The maximum of one request. */
const AT_ONCE = 25;

interface Batch {
  readonly put?: readonly Item[];
  /** The items to drop. Only their keys are used. */
  readonly drop?: readonly Item[];
}

/** Puts and drops items unchanged in few requests, for tests that start from them. */
export async function writeAll(table: Table, { put = [], drop = [] }: Batch): Promise<void> {
  const writes = [
    ...put.map((one) => ({ PutRequest: { Item: one } })),
    ...drop.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
  ];
  for (let first = 0; first < writes.length; first += AT_ONCE) {
    const RequestItems = { [table.name]: writes.slice(first, first + AT_ONCE) };
    const { UnprocessedItems = {} } = await table.client.send(new BatchWriteCommand({ RequestItems }));
    expect(UnprocessedItems).toEqual({});
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { QUICK } from '../aws/client-options.ts';

/** The one table, and the client to reach it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** An item as the document client reads it. */
export type Item = Readonly<Record<string, unknown>>;

/** Opens the table. */
export function openTable(name: string): Table {
  const client = new DynamoDBClient(QUICK);
  // A plain write that meets a transaction on its item is refused with an error that the SDK does not retry.
  client.middlewareStack.add((next) => (args) => retryTransactionConflict(() => next(args)), {
    step: 'initialize',
    name: 'retryTransactionConflict',
  });
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    name,
  };
}

async function retryTransactionConflict<Output>(send: () => Promise<Output>): Promise<Output> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const conflict = error instanceof Error && error.name === 'TransactionConflictException';
      if (!conflict || attempt === 4) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

export const orderKey = (id: string) => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
export const transactionKey = (id: string) => ({ pk: `TX#${id}`, sk: 'TX' });
export const matchReviewKey = (id: string) => ({ pk: `MATCH_REVIEW#${id}`, sk: 'MATCH_REVIEW' });
export const quarantineKey = (id: string) => ({ pk: `QUARANTINE#${id}`, sk: 'QUARANTINE' });

/** What a refused conditional write found in its way: an item, or nothing. Anything else is thrown on. */
export function refusal(error: unknown): { item: Record<string, unknown> | undefined } {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  // The document client reads answers only; an error's item comes as the wire has it.
  return { item: error.Item && unmarshall(error.Item) };
}

/** Whether the engine refused the request itself: too large an item, or one it can't represent. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}

/** Splits an index over this many partitions, so that no single one limits how fast statuses may change. */
const BUCKETS = 8;

/** Every bucket of an index partition, e.g. `STATUS#active#3`. */
export function allBuckets(partition: string): string[] {
  return Array.from({ length: BUCKETS }, (_, bucket) => `${partition}#${bucket}`);
}

/** The bucket of one transaction: its id is random, so its first digits spread evenly. */
export function bucketOf(partition: string, id: string): string {
  return `${partition}#${Number.parseInt(id.slice(0, 4), 16) % BUCKETS}`;
}

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { QUICK } from '../aws/client-options.ts';
import { jitteredPause, retryOnError } from '../concurrency/retry.ts';
import { ChangeMarks } from './change-marks.ts';
import { recordHeartbeat } from './heartbeat.ts';

/** The table and its client. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  /** The id of what causes the current writes. Without it, writes store none. */
  readonly correlationId?: (() => string | undefined) | undefined;
  /** The marks of what the writes change. */
  readonly marks?: ChangeMarks | undefined;
  /** Called for each item that was left out because it is damaged. */
  readonly onDamaged?: ((item: string) => void) | undefined;
}

/**
 * The attribute with the id of what caused the last write of an order or a transaction. It is metadata, not state. Its name
 * is short, because a write costs the size of the item.
 */
export const CAUSE = 'cause';

/** The attribute that a write stores about its cause. */
export function causeOf({ correlationId }: Table): { readonly [CAUSE]?: string } {
  const id = correlationId?.();
  return id === undefined ? {} : { [CAUSE]: id };
}

/** An item as the document client reads it. */
export type Item = Readonly<Record<string, unknown>>;

const CONFLICT = { attempts: 4, pause: jitteredPause(20, 320), isTransient: isTransactionConflict };

/** Opens the table. Each write of an order or a transaction stores what `correlationId` then returns. */
export function openTable(
  name: string,
  correlationId?: () => string | undefined,
  onDamaged?: (item: string) => void,
): Table {
  const client = new DynamoDBClient(QUICK);
  // DynamoDB rejects a single write that conflicts with a transaction, and the SDK does not retry that error.
  client.middlewareStack.add((next) => (args) => retryOnError(CONFLICT, () => next(args)), {
    step: 'initialize',
    name: 'retryTransactionConflict',
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const marks = new ChangeMarks((times) => recordHeartbeat({ client: documents, name }, times));
  marks.follow(client);
  return { client: documents, name, marks, correlationId, onDamaged };
}

function isTransactionConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'TransactionConflictException';
}

/** The item that failed the condition of a write, if there is one. Rethrows any other error. */
export function refusal(error: unknown): { item: Record<string, unknown> | undefined } {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  // The document client does not unmarshall the item of an error.
  return { item: error.Item && unmarshall(error.Item) };
}

/** Whether DynamoDB rejected the request itself, because the item is too large or cannot be represented. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}

/**
 * Splits an index over this many partitions, so that no single one limits how fast statuses may change. Each page of a list
 * costs a query for every partition, so there are as few as the load needs: docs/operations/cost.md, "The next limit".
 */
export const BUCKETS = 2;

/** Every bucket of an index partition, e.g. `STATUS#active#1`. */
export function allBuckets(partition: string): string[] {
  return Array.from({ length: BUCKETS }, (_, bucket) => `${partition}#${bucket}`);
}

/** The bucket of a transaction. Ids are random, so their first digits are evenly distributed. */
export function bucketOf(partition: string, id: string): string {
  return `${partition}#${Number.parseInt(id.slice(0, 4), 16) % BUCKETS}`;
}
